//! The page of a category: what is in it, and nothing of the rest of the tree but the way up.

use askama::Template;

use super::frame::{Head, Parts};
use super::plan::Category;
use super::view::{Link, View};

/// Up to this many entries a category shows those of its narrower ones too.
const WHOLE: usize = 60;
const ON_A_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "category.html")]
pub struct Page<'a> {
    view: View<'a>,
    head: Head,
    category: &'a Category,
    children: Vec<Child>,
    entries: Vec<u32>,
    groups: Vec<Group>,
}

struct Child {
    link: Link,
    total: usize,
}

/// A narrower category with its entries.
struct Group {
    path: Vec<Link>,
    entries: Vec<u32>,
}

pub fn parts(category: &Category) -> usize {
    super::count_parts(category.entries.len(), ON_A_PAGE)
}

pub fn page(view: View<'_>, index: u32, part: usize) -> Option<Page<'_>> {
    let category = view.plan.categories.get(index as usize)?;
    let is_small = category.total <= WHOLE;
    let child = |child: &u32| {
        let total = view.plan.categories.get(*child as usize)?.total;
        Some(Child { link: view.category_link(*child), total })
    };
    Some(Page {
        head: Head {
            crumbs: view.category_path(category.parent),
            parts: Parts::new(&category.name, parts(category), part),
            ..Head::new(category.title.as_str(), "category")
        },
        children: category.children.iter().filter(|_| !is_small).filter_map(child).collect(),
        entries: super::part_of(&category.entries, part, ON_A_PAGE).to_vec(),
        groups: if is_small { groups(view, index) } else { Vec::new() },
        category,
        view,
    })
}

/// The narrower categories that have entries of their own, in reading order, each by its way down from here.
fn groups(view: View<'_>, index: u32) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut left: Vec<(u32, Vec<Link>)> = below(view, index, &[]);
    left.reverse();
    while let Some((id, path)) = left.pop() {
        let Some(category) = view.plan.categories.get(id as usize) else { continue };
        if !category.entries.is_empty() {
            groups.push(Group { path: path.clone(), entries: category.entries.clone() });
        }
        left.extend(below(view, id, &path).into_iter().rev());
    }
    groups
}

fn below(view: View<'_>, index: u32, path: &[Link]) -> Vec<(u32, Vec<Link>)> {
    let children = view.plan.categories.get(index as usize).map_or(&[][..], |it| it.children.as_slice());
    let way = |child: &u32| path.iter().cloned().chain([view.category_link(*child)]).collect();
    children.iter().map(|child| (*child, way(child))).collect()
}
