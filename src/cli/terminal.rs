//! How a person at a terminal is asked.
//!
//! Owns what a question looks like, and the trait by which tests answer in a person's place. Which questions there are is the commands'.

use std::fmt;

use dialoguer::console::style;
use dialoguer::theme::Theme;
use dialoguer::{Input, MultiSelect, Select};

/// Somebody who answers: a person at a terminal.
pub(super) trait Asks {
    /// A line of text. `usual` is what Enter means, `before` what was typed the last time, to be changed.
    fn text(&mut self, question: &str, usual: &str, before: &str) -> dialoguer::Result<String>;
    /// One of several.
    fn choose(&mut self, question: &str, items: &[String], usual: usize) -> dialoguer::Result<usize>;
    /// Any of several.
    fn several(&mut self, question: &str, items: &[String], chosen: &[bool]) -> dialoguer::Result<Vec<usize>>;
    /// Says something that isn't a question.
    fn say(&mut self, words: &str);
}

/// A person at a terminal.
pub(super) struct Terminal;

/// Questions as they're written here, with their own question marks; what was answered stands below.
struct Plain;

impl Theme for Plain {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{}", style(prompt).bold())
    }
    fn format_input_prompt(&self, f: &mut dyn fmt::Write, _: &str, _: Option<&str>) -> fmt::Result {
        f.write_str("> ")
    }
    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, _: &str, answer: &str) -> fmt::Result {
        write!(f, "> {answer}")
    }
    fn format_select_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, answer: &str) -> fmt::Result {
        write!(f, "{}\n> {answer}", style(prompt).bold())
    }
    fn format_multi_select_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        answers: &[&str],
    ) -> fmt::Result {
        write!(f, "{}\n> {}", style(prompt).bold(), answers.join(", "))
    }
}

impl Asks for Terminal {
    fn text(&mut self, question: &str, usual: &str, before: &str) -> dialoguer::Result<String> {
        // A line of its own: what's typed has the whole width of the next, which the prompt can't wrap.
        let enter = if usual.is_empty() { String::new() } else { format!(" (Enter for {usual})") };
        self.say(&format!("{}{enter}", style(question).bold()));
        let input = Input::with_theme(&Plain).allow_empty(true).with_initial_text(before);
        let input = if usual.is_empty() { input } else { input.default(usual.to_string()) };
        let text: String = input.interact_text()?;
        Ok(text.trim().to_string())
    }

    fn choose(&mut self, question: &str, items: &[String], usual: usize) -> dialoguer::Result<usize> {
        Select::with_theme(&Plain).with_prompt(question).items(items).default(usual).interact()
    }

    fn several(&mut self, question: &str, items: &[String], chosen: &[bool]) -> dialoguer::Result<Vec<usize>> {
        MultiSelect::with_theme(&Plain).with_prompt(question).items(items).defaults(chosen).interact()
    }

    fn say(&mut self, words: &str) {
        anstream::println!("{words}");
    }
}
