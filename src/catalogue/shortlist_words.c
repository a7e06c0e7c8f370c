/* SPDX-License-Identifier: Apache-2.0 */
/* Why a track is on the short list, in words. */
#include "catalogue/shortlist_words.h"

#include "core/num_text.h"
#include "judge/finding_words.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

/* ", 22 %" of samples, ", 3.2 dB" */
static const char *readable(struct hs_arena *a, double value, const char *unit)
{
    char text[HS_NUM_TEXT];
    int digits = 1;
    const char *as = hs_num_readable(&value, &digits, unit);
    return hs_arena_printf(a, ", %s %s", hs_num_fixed(text, value, digits), as);
}

/* ": 8.8 % faster than the mix": the seconds or signs of a broken file tell less than its first
 * sentence. NULL for other findings. */
static const char *broken(struct hs_arena *a, const struct hs_finding *f,
                          const struct hs_rule *rule)
{
    if (!rule || rule->mending != HS_BY_COPY || f->plain || !f->evidence)
        return NULL;
    const char *end = strstr(f->evidence, ". ");
    size_t n = end ? (size_t)(end - f->evidence) : strlen(f->evidence);
    n -= n && f->evidence[n - 1] == '.';
    return n ? hs_arena_printf(a, ": %.*s", (int)n, f->evidence) : NULL;
}

/* How far off it is, or was moved. */
static const char *figure_of(struct hs_arena *a, const struct hs_finding *f,
                             const struct hs_rule *rule)
{
    /* Clipping that was rounded since shows in the mix alone, and is judged by it. */
    bool in_range = !(f->value < f->expected[0]) && !(f->value > f->expected[1]);
    bool of_mix = f->origin == HS_ORIGIN_EASED && in_range && isfinite(f->mix_value);
    const char *words = broken(a, f, rule);
    if (words)
        return words;
    if (f->moved)
        return hs_arena_printf(a, ", moved by %+.1f %s", f->moved->change, f->unit);
    if (f->unit && *f->unit)
        return readable(a, of_mix ? f->mix_value : f->value, f->unit);
    return "";
}

/* The primary finding in one line: how severe, how far off, where from, which the title of a move
 * says already, and how sure that is. Of the others it is not said. */
static const char *what_is_listed(struct hs_arena *a, const struct hs_finding *f, int others,
                                  enum hs_tier tier)
{
    static const char *const tiers[] = {"measured", "inferred from other songs", "an indication"};
    static const char *const from[HS_N_ORIGINS] = {"",
                                                   ", in the mix",
                                                   ", in the mix and made worse",
                                                   ", in the mix, eased since",
                                                   ", brought in by mastering",
                                                   ", exposed by mastering",
                                                   ""};
    const struct hs_rule *rule = hs_rule_find(f->rule);
    const bool said = f->origin == HS_ORIGIN_MASTERING && hs_finding_is_move(f);
    const char *more = "";
    if (others > 0)
        more = hs_arena_printf(a, "; %d more finding%s", others, others == 1 ? "" : "s");
    return hs_arena_printf(a, "%s: %s%s%s%s (%s)%s", hs_finding_title(f),
                           hs_severity_name(f->severity), figure_of(a, f, rule),
                           said ? "" : from[f->origin], f->heard ? ", heard" : "", tiers[tier],
                           more);
}

const char *hs_shortlist_why(struct hs_arena *a, const struct hs_finding *f, int others,
                             const struct hs_shortlist_row *row)
{
    return hs_arena_printf(a,
                           "%s; severity %.1f, can be mended to %.0f %%, reach %.1f times "
                           "the middle track, sure to %.0f %%",
                           what_is_listed(a, f, others, row->tier), row->severity,
                           100 * row->fixability, row->reach, 100 * row->confidence);
}
