//! Rules about what a visit tells others.

family! {
    /// The rules of `privacy.yaml`.
    "privacy.yaml" "Privacy" {
        undeclared_host "undeclared-host" ();
        form_may_leak "form-may-leak" ();
        cookies_before_consent "cookies-before-consent" ();
        blocked_by_policy "blocked-by-policy" ();
    }
}
