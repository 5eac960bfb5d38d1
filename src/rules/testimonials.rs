//! Rules about what others say of a practice.

family! {
    /// The rules of `testimonials.yaml`.
    "testimonials.yaml" "Testimonials" {
        testimonial_forbidden "testimonial-forbidden" ();
        testimonial_from_client "testimonial-from-client" ();
        testimonial_from_former_client "testimonial-from-former-client" ();
        testimonial_clinical "testimonial-clinical" ();
        testimonial_incentive "testimonial-incentive" ();
        testimonial_insider "testimonial-insider" ();
    }
}
