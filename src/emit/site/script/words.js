// The fixed words of what scripts show, in both languages. Refuses to know where they stand.
