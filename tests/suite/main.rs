//! The tests of whole sites and of the program, as one program of their own: linked once, and one
//! of them runs by its name, `cargo test citations::`.
//!
//! It owns the list of the test files; what each of them proves stands at its head.

mod add_reference;
mod blocks;
mod cases;
mod citations;
mod cli;
mod commonmark;
mod codes_shown;
mod crisis;
mod days;
mod drafts;
mod facts;
mod findings;
mod fonts;
mod host_files;
mod hostile;
mod incremental;
mod lists;
mod new;
mod notices;
mod one_person;
mod online;
mod online_links;
mod opening;
mod own_fields;
mod people_words;
mod pictures;
mod prices;
mod private;
mod publish;
mod publishing;
mod readers;
mod rename;
mod reference;
mod rules;
mod search;
mod serve;
mod settings;
mod sites;
mod slips;
mod spelling;
mod start;
mod structured_data;
mod style_faults;
mod support;
mod team;
mod template_faults;
mod theme_contract;
mod theme_share;
mod theme_kit;
mod themes;
mod trust;
mod works;
mod works_table;
