/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A finding is mentioned where it is proven: a primary finding, not accepted, more than an
 *    indication, and its change beyond the uncertainty of the comparison.
 * 2. The letter names what mastering changed at equal loudness, then what got worse by it with
 *    times to listen at, asks whether that was wished for, and thanks for what mastering mended
 *    (at most five things).
 * 3. The text is plain (<pre>), so that it can be copied into a mail. A track where nothing is
 *    asked gets no letter.
 */
#include "report/letter.h"

#include "core/num.h"
#include "core/num_text.h"
#include "report/moves.h"
#include "report/turned.h"
#include "report/words.h"

#include <math.h>

enum {
    HELPED = 1u << HS_ORIGIN_CURED | 1u << HS_ORIGIN_EASED,
    BROUGHT = 1u << HS_ORIGIN_MASTERING | 1u << HS_ORIGIN_WORSENED | 1u << HS_ORIGIN_EXPOSED
};

/* What is proven: measured or inferred beside the mix, and more than the comparison may err. */
static bool is_told(const struct hs_finding *f, unsigned origins)
{
    bool needless = f->origin == HS_ORIGIN_CURED && !hs_finding_cured(f);
    if (needless || f->explained_by || f->accepted || f->tier == HS_INDICATION ||
        !(origins >> f->origin & 1))
        return false;
    return !isfinite(f->change) || !isfinite(f->uncertainty) || fabs(f->change) > f->uncertainty;
}

static size_t count_told(const struct hs_track_result *t, unsigned origins)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_findings; i++)
        n += is_told(&t->findings[i], origins);
    return n;
}

static bool was_compared(const struct hs_track_result *t)
{
    return t->pair.state == HS_PAIR_ALIGNED || t->pair.state == HS_PAIR_EDITED;
}

/* A letter asks about what mastering brought in; without a comparison nobody can say that. */
bool hs_letter_asks(const struct hs_track_result *t)
{
    return was_compared(t) && count_told(t, BROUGHT);
}

static void put_number(struct hs_html *h, double x, int digits, const char *unit)
{
    char text[HS_NUM_TEXT];
    unit = hs_num_readable(&x, &digits, unit);
    hs_html_textf(h, "%s%s%s", hs_num_fixed(text, x, digits), unit && *unit ? " " : "",
                  unit ? unit : "");
}

/* Both values with how far they may be off, beside what similar records have. */
static void put_values(struct hs_html *h, const struct hs_finding *given)
{
    struct hs_turned room;
    const struct hs_finding *f = hs_finding_turned(given, &room);
    int digits = hs_unit_digits(f->unit);
    if (!isfinite(f->mix_value) || !isfinite(f->value))
        return;
    hs_html_literal(h, ": mix ");
    put_number(h, f->mix_value, digits, f->unit);
    hs_html_literal(h, ", master ");
    put_number(h, f->value, digits, f->unit);
    if (isfinite(f->uncertainty)) {
        hs_html_literal(h, " (+/-");
        put_number(h, f->uncertainty, digits, NULL);
        hs_html_literal(h, ")");
    }
    double a_digit = 0.5 * pow(10, -digits); /* no difference that the figures do not show */
    if (f->value > f->expected[1] + a_digit || f->value < f->expected[0] - a_digit) {
        bool high = f->value > f->expected[1];
        hs_html_text(h, high ? "; similar records reach " : "; similar records begin at ");
        put_number(h, f->expected[high], digits, f->unit);
    }
}

/* One fault to ask about, with the moment where it is plainest and the names of the clips. */
static void put_asked(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                      const struct hs_finding *f)
{
    const struct hs_clip *clip = hs_pages_clip(p, t, f);
    hs_html_literal(h, "- ");
    hs_html_text(h, hs_finding_title(f));
    if (f->direction)
        hs_html_textf(h, " (%s)", f->direction);
    put_values(h, f);
    hs_html_literal(h, ".");
    if (f->exposed_by) {
        hs_html_literal(h, " It leaned that way before, and ");
        hs_html_text(h, f->exposed_by);
        hs_html_literal(h, " brought it out.");
    }
    if (f->n_times) {
        hs_html_literal(h, " Plainest from ");
        hs_html_time(h, f->times[0].from_s, false);
        hs_html_literal(h, " to ");
        hs_html_time(h, f->times[0].to_s, false);
        hs_html_literal(h, ".");
    }
    /* the clips are files that the artist sends along */
    if (clip && p->options->clips)
        hs_html_textf(h, " I enclose %s-a.%s (master) and %s-b.%s (%s).", clip->name,
                      p->options->clips->extension, clip->name, p->options->clips->extension,
                      clip->label[1]);
    hs_html_break(h);
}

/* One song: what mastering changed, and each fault to ask about. */
static void put_song(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_text(h, t->track->title);
    hs_html_literal(h, ", mix beside master at equal loudness. Changed on the way: ");
    hs_html_moves_said(h, &t->pair);
    hs_html_break(h);
    hs_html_literal(h, "What I would like to understand:");
    hs_html_break(h);
    for (size_t i = 0; i < t->n_findings; i++)
        if (is_told(&t->findings[i], BROUGHT))
            put_asked(p, h, t, &t->findings[i]);
    hs_html_break(h);
}

/* What mastering mended, five things at most. */
static void put_thanks(struct hs_html *h, const struct hs_track_result *tracks, size_t n)
{
    size_t said = 0;
    /* at most five, over all songs of the letter */
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; was_compared(&tracks[k]) && i < tracks[k].n_findings; i++) {
            const struct hs_finding *f = &tracks[k].findings[i];
            if (!is_told(f, HELPED) || said >= 5)
                continue;
            hs_html_text(h, said++ ? ", "
                                   : "Thank you for what the mix needed and the master has "
                                     "mended: ");
            hs_html_text(h, hs_finding_title(f));
            if (n > 1) {
                hs_html_literal(h, " (");
                hs_html_text(h, tracks[k].track->title);
                hs_html_literal(h, ")");
            }
        }
    if (said) {
        hs_html_literal(h, ".");
        hs_html_break(h);
        hs_html_break(h);
    }
}

/* To the mastering engineer whom the job names for the first song that is asked about. */
static void put_greeting(struct hs_html *h, const struct hs_release *release,
                         const struct hs_track_result *first)
{
    hs_html_literal(h, "Dear ");
    hs_html_text(h, first->track->mastered_by ? first->track->mastered_by : "colleague");
    hs_html_literal(h, ",");
    hs_html_break(h);
    hs_html_break(h);
    hs_html_literal(h, "I have listened again to ");
    hs_html_text(h, *release->title ? release->title : "our record");
    if (release->year)
        hs_html_textf(h, " (%d)", release->year);
    hs_html_literal(h, ", which you mastered, and compared it with the mixes that I sent. May I "
                       "ask you about the following?");
    hs_html_break(h);
    hs_html_break(h);
}

/* One letter for all tracks of a release, or for one track. */
void hs_html_letter(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *tracks,
                    size_t n)
{
    const struct hs_track_result *first = NULL;
    /* the greeting is by the first song that asks anything */
    for (size_t i = 0; i < n && !first; i++)
        if (hs_letter_asks(&tracks[i]))
            first = &tracks[i];
    hs_html_section(h, "letter", "spoils", "A letter to the mastering engineer");
    if (!first) {
        hs_html_literal(h, "<p>No letter is needed: nothing that was judged is proven to have got "
                           "worse in mastering.</p></section>\n");
        return;
    }
    hs_html_literal(h, "<pre class=\"letter\">");
    put_greeting(h, &p->audit->job->releases[first->track->release], first);
    for (size_t i = 0; i < n; i++)
        if (hs_letter_asks(&tracks[i]))
            put_song(p, h, &tracks[i]);
    hs_html_literal(h, "Was that wished for at the time, or did we ask for it? And is there a "
                       "version without it, or could there be one?");
    hs_html_break(h);
    hs_html_break(h);
    put_thanks(h, tracks, n);
    hs_html_literal(h, "With kind regards</pre></section>\n");
}
