//! What the server counts, in the text that Prometheus reads.

use std::fmt::{Display, Write};

use super::health::{Gauge, Part};
use crate::kernel::{
    Meters,
    meter::{BOUNDS_MS, Durations},
};

const PREFIX: &str = "handover_";

/// All of it.
#[must_use]
pub fn text(meters: &Meters, parts: &[Part], gauges: &[Gauge]) -> String {
    let mut page = Page::default();
    let counts = meters.counts();
    page.head("build_info", "gauge", "The version that runs, always 1");
    page.line("build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    page.head("part_up", "gauge", "Whether a part of the house answers, 1 or 0");
    for part in parts {
        page.line("part_up", &[("part", part.name)], u8::from(part.up));
    }
    page.head(
        "operation_duration_seconds",
        "histogram",
        "Operations by kind and outcome, and how long their callers waited",
    );
    for ((kind, outcome), durations) in &counts.operations {
        page.histogram(kind, outcome, durations);
    }
    page.head("errors_total", "counter", "Errors of operations by code");
    for (code, count) in &counts.errors {
        page.line("errors_total", &[("code", code)], count);
    }
    page.head("answers_total", "counter", "Answers over HTTP by status");
    for (status, count) in &counts.answers {
        page.line("answers_total", &[("status", &status.to_string())], count);
    }
    for (name, help, count) in [
        ("sockets", "Open sockets", meters.sockets.now()),
        ("streams", "Open subscriptions", meters.streams.now()),
        ("operations_running", "Operations that run", meters.running.now()),
    ] {
        page.head(name, "gauge", help);
        page.line(name, &[], count);
    }
    let mut last = "";
    for gauge in gauges {
        if gauge.name != last {
            page.head(gauge.name, "gauge", gauge.help);
            last = gauge.name;
        }
        let label = [(gauge.label.0, gauge.label.1.as_str())];
        page.line(gauge.name, if label[0].0.is_empty() { &[] } else { &label }, gauge.value);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.0, "# HELP {PREFIX}{name} {help}.\n# TYPE {PREFIX}{name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> = labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{}\"", escaped(value)))
            .collect();
        let labels = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", labels.join(","))
        };
        let _ = writeln!(self.0, "{PREFIX}{name}{labels} {value}");
    }

    fn histogram(&mut self, kind: &str, outcome: &str, durations: &Durations) {
        let same = [("kind", kind), ("outcome", outcome)];
        let name = "operation_duration_seconds";
        for (bound, within) in BOUNDS_MS.iter().zip(durations.within) {
            let bound = seconds(*bound);
            self.line(&format!("{name}_bucket"), &[same[0], same[1], ("le", &bound)], within);
        }
        self.line(&format!("{name}_bucket"), &[same[0], same[1], ("le", "+Inf")], durations.count);
        self.line(&format!("{name}_sum"), &same, seconds(durations.sum_ms));
        self.line(&format!("{name}_count"), &same, durations.count);
    }
}

/// Milliseconds as seconds, exact.
fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1_000, ms % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let meters = Meters::default();
        meters.operation("query", &[], Duration::from_millis(1_250));
        meters.answer(415);
        let _open = meters.sockets.enter();
        let parts = [Part {
            name: "database",
            up: true,
            essential: true,
        }];
        let gauges = [Gauge {
            name: "timer_late_seconds",
            help: "How late the most overdue timer is",
            label: ("timer", "a \"quoted\" one".to_owned()),
            value: 0.5,
        }];
        let text = text(&meters, &parts, &gauges);
        for line in [
            "# TYPE handover_operation_duration_seconds histogram",
            "handover_operation_duration_seconds_bucket{kind=\"query\",outcome=\"OK\",le=\"1\"} 0",
            "handover_operation_duration_seconds_bucket{kind=\"query\",outcome=\"OK\",le=\"5\"} 1",
            "handover_operation_duration_seconds_sum{kind=\"query\",outcome=\"OK\"} 1.25",
            "handover_operation_duration_seconds_count{kind=\"query\",outcome=\"OK\"} 1",
            "handover_answers_total{status=\"415\"} 1",
            "handover_part_up{part=\"database\"} 1",
            "handover_sockets 1",
            "handover_timer_late_seconds{timer=\"a \\\"quoted\\\" one\"} 0.5",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}\nis not in\n{text}");
        }
        for (ms, told) in [(0, "0"), (5, "0.005"), (1_000, "1"), (15_000, "15"), (10, "0.01")] {
            assert_eq!(seconds(ms), told);
        }
    }
}
