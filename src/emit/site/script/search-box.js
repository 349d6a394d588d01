// The search box of the start page and the dialogue. Refuses to know how a search finds anything.
