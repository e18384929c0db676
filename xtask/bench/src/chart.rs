//! Charts as SVG, drawn by plotters, once for a light page and once for a dark one.

use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::coord::ranged1d::ValueFormatter;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use xtask::files::Changes;

/// The page that a chart is drawn for.
#[derive(Clone, Copy)]
struct Theme {
    name: &'static str,
    background: RGBColor,
    text: RGBColor,
    grid: RGBColor,
    colors: [RGBColor; 4],
}

/// Colours that are told apart on their background, also without telling red from green.
const THEMES: [Theme; 2] = [
    Theme {
        name: "light",
        background: RGBColor(255, 255, 255),
        text: RGBColor(31, 35, 40),
        grid: RGBColor(216, 222, 228),
        colors: [RGBColor(9, 92, 201), RGBColor(191, 101, 0), RGBColor(110, 119, 129), RGBColor(17, 119, 85)],
    },
    Theme {
        name: "dark",
        background: RGBColor(13, 17, 23),
        text: RGBColor(230, 237, 243),
        grid: RGBColor(48, 54, 61),
        colors: [RGBColor(88, 166, 255), RGBColor(255, 166, 87), RGBColor(139, 148, 158), RGBColor(86, 211, 160)],
    },
];

/// One of a chart's lines or kinds of bars.
pub struct Series {
    pub name: String,
    /// The place of its colour.
    pub color: usize,
    pub width: u32,
    pub points: Vec<(f64, f64)>,
}

/// Lines over a number.
pub struct Lines<'a> {
    pub title: &'a str,
    pub x: &'a str,
    pub y: &'a str,
    /// Both axes by powers.
    pub powers: bool,
    pub series: Vec<Series>,
}

/// Bars in groups, from the left, each with its value in words.
pub struct Bars<'a> {
    pub title: &'a str,
    pub groups: Vec<(String, Vec<Bar>)>,
}

/// One bar.
pub struct Bar {
    pub name: String,
    pub color: usize,
    pub value: f64,
    pub shown: String,
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Adds both files of a chart to the changes: `NAME.light.svg` and `NAME.dark.svg`.
fn write(
    changes: &mut Changes,
    (folder, name): (&Path, &str),
    size: (u32, u32),
    draw: impl Fn(Theme, &Root<'_>) -> Drawn,
) -> Result<()> {
    for theme in THEMES {
        let mut svg = String::new();
        let drawn = {
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&theme.background)
                .map_err(Into::into)
                .and_then(|()| draw(theme, &root))
                .and_then(|()| root.present().map_err(Into::into))
        };
        drawn.map_err(|error| anyhow!("the chart {name}: {error}"))?;
        changes.write(folder.join(format!("{name}.{}.svg", theme.name)), svg)?;
    }
    Ok(())
}

type Root<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// Draws lines.
pub fn lines(changes: &mut Changes, place: (&Path, &str), lines: &Lines<'_>) -> Result<()> {
    let points = || lines.series.iter().flat_map(|series| &series.points);
    let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(1.0, f64::max);
    let (right, top) = (most(|point| point.0), most(|point| point.1) * 1.2);
    write(changes, place, (720, 420), |theme, root| {
        let mut builder = ChartBuilder::on(root);
        builder.caption(lines.title, ("sans-serif", 18, &theme.text)).margin(12);
        builder.x_label_area_size(40).y_label_area_size(64);
        if lines.powers {
            let left = points().map(|point| point.0).fold(right, f64::min);
            let bottom = points().map(|point| point.1).fold(top, f64::min) * 0.8;
            let chart = builder.build_cartesian_2d((left..right).log_scale(), (bottom..top).log_scale())?;
            over(theme, chart, lines)
        } else {
            over(theme, builder.build_cartesian_2d(0.0..right, 0.0..top)?, lines)
        }
    })
}

fn over<'a, X, Y>(
    theme: Theme,
    mut chart: ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, Y>>,
    lines: &Lines<'_>,
) -> Drawn
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .x_desc(lines.x)
        .y_desc(lines.y)
        .axis_style(theme.text)
        .bold_line_style(theme.grid)
        .light_line_style(theme.background)
        .label_style(("sans-serif", 13, &theme.text))
        .axis_desc_style(("sans-serif", 14, &theme.text))
        .draw()?;
    for series in lines.series.iter().filter(|series| !series.points.is_empty()) {
        let style = theme.colors[series.color % theme.colors.len()].stroke_width(series.width);
        let line = chart.draw_series(LineSeries::new(series.points.iter().copied(), style))?;
        if !series.name.is_empty() {
            line.label(&series.name).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
        }
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .label_font(("sans-serif", 14, &theme.text))
        .background_style(theme.background)
        .border_style(theme.grid)
        .draw()?;
    Ok(())
}

/// The heights of a bar and of a group's head, and where bars begin.
const BAR: i32 = 22;
const HEAD: i32 = 30;
const LEFT: i32 = 190;
const WIDTH: i32 = 720;

/// Draws bars. Each group has its own scale: its longest bar is the whole width.
pub fn bars(changes: &mut Changes, place: (&Path, &str), bars: &Bars<'_>) -> Result<()> {
    let rows = |group: &(String, Vec<Bar>)| HEAD + BAR * i32::try_from(group.1.len()).unwrap_or(0);
    let height = 48 + bars.groups.iter().map(rows).sum::<i32>();
    write(changes, place, (WIDTH as u32, height.unsigned_abs()), |theme, root| {
        let text = |size: i32| TextStyle::from(("sans-serif", size)).color(&theme.text);
        let right = |size: i32| text(size).pos(Pos::new(HPos::Right, VPos::Center));
        let left = |size: i32| text(size).pos(Pos::new(HPos::Left, VPos::Center));
        root.draw(&Text::new(bars.title, (12, 22), left(22)))?;
        let mut y = 40;
        for (title, group) in &bars.groups {
            root.draw(&Text::new(title.as_str(), (12, y + HEAD / 2), left(18)))?;
            y += HEAD;
            let most = group.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
            for bar in group {
                let length = (bar.value / most * f64::from(WIDTH - LEFT - 90)).max(1.0) as i32;
                let color = theme.colors[bar.color % theme.colors.len()];
                root.draw(&Text::new(bar.name.as_str(), (LEFT - 10, y + BAR / 2), right(16)))?;
                root.draw(&Rectangle::new([(LEFT, y + 3), (LEFT + length, y + BAR - 3)], color.filled()))?;
                root.draw(&Text::new(bar.shown.as_str(), (LEFT + length + 8, y + BAR / 2), left(16)))?;
                y += BAR;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use xtask::files::Changes;

    use super::{Bar, Bars, Lines, Series, bars, lines};

    #[test]
    fn a_chart_is_drawn_for_a_light_and_for_a_dark_page() {
        let folder = tempfile::tempdir().unwrap();
        let bar = |name: &str, color, value| Bar { name: name.to_owned(), color, value, shown: format!("{value} s") };
        let group = vec![bar("one area", 0, 1.0), bar("aws-sdk-connect", 1, 59.0)];
        let mut changes = Changes::default();
        bars(
            &mut changes,
            (folder.path(), "areas"),
            &Bars { title: "Build", groups: vec![("check".to_owned(), group)] },
        )
        .unwrap();
        for (name, powers) in [("powers", true), ("plain", false)] {
            let points = vec![(1.0, 10.0), (512.0, 900.0)];
            let series = vec![Series { name: "ours".to_owned(), color: 0, width: 3, points }];
            let chart = Lines { title: "Latency", x: "tasks", y: "µs", powers, series };
            lines(&mut changes, (folder.path(), name), &chart).unwrap();
        }
        changes.apply().unwrap();
        for name in ["areas", "powers", "plain"] {
            let read =
                |theme: &str| std::fs::read_to_string(folder.path().join(format!("{name}.{theme}.svg"))).unwrap();
            let (light, dark) = (read("light"), read("dark"));
            assert!(light.starts_with("<svg") && light.contains("#FFFFFF") && !dark.contains("#FFFFFF"), "{name}");
            assert!(dark.contains(if name == "areas" { "aws-sdk-connect" } else { "ours" }), "{dark}");
        }
    }
}
