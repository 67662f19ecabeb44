//! Diagrams as Mermaid text.
//!
//! **Source**: the Mermaid documentation, "Flowcharts": labels stand in quotation marks, and what
//! would end or change a label is written as an entity (`#quot;`).

use std::fmt::Write as _;

/// How a thing with a problem looks.
const PROBLEM_STYLE: &str = "stroke:#c62828,stroke-width:3px,color:#c62828";

/// A diagram: things in groups, and lines between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The groups.
    pub groups: Vec<Group>,
    /// The lines.
    pub edges: Vec<Edge>,
}

/// Things that are drawn together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What stands over them; without a title there is no frame.
    pub title: Option<String>,
    /// The things.
    pub nodes: Vec<Node>,
}

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The lines of its label.
    pub label: Vec<String>,
    /// Its outline.
    pub shape: Shape,
    /// Whether something is wrong with it.
    pub problem: bool,
}

/// The outline of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Six corners.
    Hexagon,
    /// Four corners.
    Rectangle,
    /// Round ends.
    Stadium,
}

/// The place of a thing: its group's place and its own therein.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeAt(pub usize, pub usize);

/// A line between two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// One end.
    pub from: NodeAt,
    /// The other end.
    pub to: NodeAt,
    /// The lines of its label.
    pub label: Vec<String>,
    /// Whether it is dotted.
    pub dotted: bool,
}

impl Diagram {
    /// The diagram as a Mermaid flowchart, left to right.
    pub fn flowchart(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for (place, group) in self.groups.iter().enumerate() {
            let indent = if group.title.is_some() { "    " } else { "  " };
            if let Some(title) = &group.title {
                let _ = writeln!(out, "  subgraph g{place}[\"{}\"]", escaped(title));
            }
            for (at, node) in group.nodes.iter().enumerate() {
                let _ = writeln!(out, "{indent}{}", node.declaration(NodeAt(place, at)));
            }
            if group.title.is_some() {
                out.push_str("  end\n");
            }
        }
        for edge in &self.edges {
            let line = if edge.dotted { "-.-" } else { "---" };
            let _ = write!(out, "  {} {line}", edge.from.id());
            if edge.label.iter().any(|line| !line.is_empty()) {
                let _ = write!(out, "|\"{}\"|", lines(&edge.label));
            }
            let _ = writeln!(out, " {}", edge.to.id());
        }
        if self
            .groups
            .iter()
            .flat_map(|group| &group.nodes)
            .any(|node| node.problem)
        {
            let _ = writeln!(out, "  classDef problem {PROBLEM_STYLE}");
        }
        out
    }
}

impl NodeAt {
    fn id(self) -> String {
        format!("g{}n{}", self.0, self.1)
    }
}

impl Node {
    fn declaration(&self, at: NodeAt) -> String {
        let (open, close) = match self.shape {
            Shape::Hexagon => ("{{", "}}"),
            Shape::Rectangle => ("[", "]"),
            Shape::Stadium => ("([", "])"),
        };
        let class = if self.problem { ":::problem" } else { "" };
        format!("{}{open}\"{}\"{close}{class}", at.id(), lines(&self.label))
    }
}

fn lines(label: &[String]) -> String {
    let lines: Vec<String> = label
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| escaped(line))
        .collect();
    if lines.is_empty() {
        return " ".to_owned();
    }
    lines.join("<br/>")
}

/// Text that Mermaid shows as it is, whatever it holds.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            // Number signs begin entities, backquotes Markdown, and the rest would be read as
            // the comments, directives and line ends of the diagram's own language.
            '#' | '`' | ';' | '%' | '*' | '\\' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(label: &[&str], shape: Shape, problem: bool) -> Node {
        Node {
            label: label.iter().map(|&line| line.to_owned()).collect(),
            shape,
            problem,
        }
    }

    /// The text was read by the parser of mermaid 11.17.2 when the test was written.
    #[test]
    fn hostile_labels_stay_labels() {
        let hostile = "end\"]; %%{init}%% <b>&amp;</b> #35; `code` **x** \\ a\nb | {} ()";
        let diagram = Diagram {
            groups: vec![
                Group {
                    title: Some(hostile.to_owned()),
                    nodes: vec![
                        node(&[hostile, "two"], Shape::Hexagon, true),
                        node(&["", "subgraph"], Shape::Rectangle, false),
                    ],
                },
                Group {
                    title: None,
                    nodes: vec![node(&[], Shape::Stadium, false)],
                },
            ],
            edges: vec![
                Edge {
                    from: NodeAt(0, 0),
                    to: NodeAt(0, 1),
                    label: vec![hostile.to_owned()],
                    dotted: false,
                },
                Edge {
                    from: NodeAt(0, 1),
                    to: NodeAt(1, 0),
                    label: vec![String::new()],
                    dotted: true,
                },
            ],
        };
        insta::assert_snapshot!(diagram.flowchart(), @r#"
        flowchart LR
          subgraph g0["end#quot;]#59; #37;#37;{init}#37;#37; #lt;b#gt;#amp;amp#59;#lt;/b#gt; #35;35#59; #96;code#96; #42;#42;x#42;#42; #92; a b | {} ()"]
            g0n0{{"end#quot;]#59; #37;#37;{init}#37;#37; #lt;b#gt;#amp;amp#59;#lt;/b#gt; #35;35#59; #96;code#96; #42;#42;x#42;#42; #92; a b | {} ()<br/>two"}}:::problem
            g0n1["subgraph"]
          end
          g1n0([" "])
          g0n0 ---|"end#quot;]#59; #37;#37;{init}#37;#37; #lt;b#gt;#amp;amp#59;#lt;/b#gt; #35;35#59; #96;code#96; #42;#42;x#42;#42; #92; a b | {} ()"| g0n1
          g0n1 -.- g1n0
          classDef problem stroke:#c62828,stroke-width:3px,color:#c62828
        "#);
    }

    #[test]
    fn an_empty_diagram_is_one_line() {
        assert_eq!(Diagram::default().flowchart(), "flowchart LR\n");
    }
}
