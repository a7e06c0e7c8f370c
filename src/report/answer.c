/* SPDX-License-Identifier: Apache-2.0 */
/* The form under a finding in which a listener says yes, no or on purpose. answers.js keeps the
 * choice in the browser and reads the data attributes of the fieldset; without a script the form
 * shows the line for answers.yaml that belongs to each choice. */
#include "report/answer.h"

#include "judge/rule.h"
#include "report/words.h"

/* The choices, as they stand in answers.yaml; each is asked of faults up to `last`. */
static const struct {
    const char *value, *words;
    enum hs_hearable last;
} choices[] = {{"yes", "I hear it", HS_SELDOM_HEARD},
               {"no", "I don\xe2\x80\x99t", HS_HEARD_BY_EAR},
               {"on_purpose", "On purpose", HS_NEVER_HEARD}};
enum { N_CHOICES = sizeof choices / sizeof *choices };

static enum hs_hearable hearable_of(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule ? rule->hearable : HS_HEARD_BY_EAR;
}

/* The same finding may stand twice on a page: each form has a number of its own. */
static void put_choices(struct hs_html *h, const char *rule)
{
    enum hs_hearable hearable = hearable_of(rule);
    h->n_forms++;
    hs_html_literal(h, "<div class=\"choices\">");
    for (size_t i = 0; i < N_CHOICES; i++) {
        if (choices[i].last < hearable)
            continue;
        hs_html_literal(h, "<label><input type=\"radio\"");
        hs_html_attrf(h, "name", "answer-%zu", h->n_forms);
        hs_html_attr(h, "value", choices[i].value);
        hs_html_literal(h, "> ");
        hs_html_text(h, choices[i].words);
        hs_html_literal(h, "</label>");
    }
}

void hs_html_answers_kept(struct hs_html *h)
{
    hs_html_literal(h, "<p class=\"order screen-only\">What you answer is kept in this browser "
                       "alone. It counts once it lies as <code>answers.yaml</code> beside the job "
                       "file, the .yaml that hindsight was started with: ");
    hs_html_link(h, "", "answers", ".html", "gather your answers");
    hs_html_literal(h, ".</p>\n");
}

/* Without a script, choosing shows the line to copy. */
static void put_lines(struct hs_html *h, const char *track, const char *rule)
{
    enum hs_hearable hearable = hearable_of(rule);
    for (size_t i = 0; i < N_CHOICES; i++) {
        if (choices[i].last < hearable)
            continue;
        hs_html_literal(h, "<p");
        hs_html_attrf(h, "class", "line %s", choices[i].value);
        hs_html_literal(h,
                        ">To keep this, add the line to <code>answers.yaml</code> beside the job: "
                        "<code>");
        hs_html_textf(h, "- {track: %s, rule: %s, answer: %s}", track, rule, choices[i].value);
        hs_html_literal(h, "</code></p>");
    }
}

/* The attributes are what answers.js writes into the file that `hindsight answer` reads. */
void hs_html_answer_form(struct hs_html *h, const struct hs_track *of, const char *rule, bool note)
{
    const char *track = of->id;
    hs_html_literal(h, "<fieldset class=\"answer\"");
    hs_html_attr(h, "data-track", track);
    hs_html_attr(h, "data-title", of->title);
    hs_html_attr(h, "data-rule", rule);
    hs_html_attr(h, "data-fault", hs_rule_title(rule));
    hs_html_literal(h, "><legend>");
    hs_html_text(h, hearable_of(rule) == HS_NEVER_HEARD ? "Is it meant: "
                                                        : "Do you hear it in this song: ");
    hs_html_text(h, hs_rule_title(rule));
    hs_html_literal(h, "?</legend>");
    put_choices(h, rule);
    if (note)
        hs_html_literal(h, "<label class=\"note\">Note <input type=\"text\" maxlength=\"400\" "
                           "autocomplete=\"off\"></label>");
    hs_html_literal(h, "</div>");
    put_lines(h, track, rule);
    hs_html_literal(h, "</fieldset>");
}
