//! Films of other companies: who plays them, and where.

use crate::site::providers;

/// Whether a host plays films that authors embed by a frame of its own making.
pub fn plays_films(host: &str) -> bool {
    providers::of_host(host).is_some_and(|provider| provider.kind == providers::Kind::Film)
}

/// Where a film is played: the provider's own player, without cookies where there is such a one.
pub fn player(address: &str) -> String {
    let Ok(url) = url::Url::parse(address) else { return address.to_string() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").trim_start_matches("m.");
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let of_youtube = || url.query_pairs().find(|(name, _)| name == "v").map(|(_, id)| id.into_owned());
    match host {
        "youtu.be" => format!("https://www.youtube-nocookie.com/embed/{last}"),
        "youtube.com" | "youtube-nocookie.com" => {
            let id = of_youtube().unwrap_or_else(|| last.to_string());
            format!("https://www.youtube-nocookie.com/embed/{id}")
        }
        "vimeo.com" => format!("https://player.vimeo.com/video/{last}?dnt=1"),
        _ => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::player;

    #[test]
    fn films_play_in_the_players_that_ask_least() {
        for (address, expected) in [
            ("https://www.youtube.com/watch?v=abc_1&t=3", "https://www.youtube-nocookie.com/embed/abc_1"),
            ("https://youtu.be/abc_1", "https://www.youtube-nocookie.com/embed/abc_1"),
            ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
            ("https://films.example/one", "https://films.example/one"),
        ] {
            assert_eq!(player(address), expected);
        }
    }
}
