/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/one_side.h"

#include "core/num.h"
#include "judge/passages.h"
#include "judge/reading.h"

#include <math.h>

const double hs_of_drops[] = {0, 0.01, 0.03, 0.1, 5};

enum { SPELL = 5, DROP = 4 }; /* width of `one_side` and of `drops` */
/* What both channels have in common beside a spell, as a correlation; where it happens more often
 * it is an effect, as with drop-outs of both. */
static const double least_shared = 0.1;
enum { MOST_SPELLS = 24 };
static const double nearly_all = 0.8; /* of a spell: both have edges of a tenth of a second */
/* Of the file: what is gone for less moves no figure of the whole by half a decibel. */
static const double least_share = 0.1;
/* How much louder than the whole a passage may be in which the channel is gone. */
static const double louder_db = 6;

static const struct hs_value *array_of(const struct hs_values *v, const char *key)
{
    const struct hs_value *x = v ? hs_values_get(v, key) : NULL;
    return x && x->kind == HS_ARRAY && x->n ? x : NULL;
}

static const struct hs_value *drops_of(const struct hs_case *c)
{
    return c->role == HS_ROLE_MASTER ? array_of(hs_case_pair(c), "drops") : NULL;
}

/* Whether the pair tells of this place itself, of nearly all of it. */
static bool is_told(const struct hs_value *drops, const double *spell)
{
    double told_s = 0;
    for (size_t i = 0; drops && i + DROP <= drops->n; i += DROP) {
        const double *d = drops->array + i;
        if (fabs(d[3] - spell[2]) < 0.5)
            told_s += fmax(fmin(d[1], spell[1]) - fmax(d[0], spell[0]), 0);
    }
    return told_s > 0 && told_s >= nearly_all * (spell[1] - spell[0]);
}

/* The spells that count, one behind the other; how many. */
static size_t spells(const struct hs_case *c, const double *out[MOST_SPELLS + 1])
{
    const struct hs_value *x = array_of(c->values, "one_side"), *drops = drops_of(c);
    size_t n = 0;
    for (size_t i = 0; x && i + SPELL <= x->n && n <= MOST_SPELLS; i += SPELL)
        if (x->array[i + 4] >= least_shared && !is_told(drops, x->array + i))
            out[n++] = x->array + i;
    return n <= MOST_SPELLS ? n : 0;
}

static const char *say_gone(const struct hs_case *c, const double *spell, size_t n, double all_s)
{
    static const char *const names[] = {"left", "right"};
    const bool right = spell[2] > 0, all_through = spell[4] >= 1;
    const char *gone = names[right], *stays = names[!right];
    if (all_through)
        return hs_arena_printf(c->arena, "The %s channel is gone: %.0f dB below the %s one.", gone,
                               spell[3], stays);
    return hs_arena_printf(
        c->arena,
        "The %s channel is gone from %.1f to %.1f s, %.0f dB below the %s one, which plays on as "
        "before%s.",
        gone, spell[0], spell[1], spell[3], stays,
        n > 1 ? hs_arena_printf(c->arena, "; %zu such places, %.1f s in all", n, all_s) : "");
}

bool hs_one_side_fault(const struct hs_case *c, struct hs_pair_fault *out)
{
    const double *spell[MOST_SPELLS + 1];
    const size_t n = spells(c, spell), most = n < HS_MAX_PASSAGES ? n : HS_MAX_PASSAGES;
    if (!n)
        return false;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, most);
    double all_s = 0;
    for (size_t i = 0; i < n; i++) {
        all_s += spell[i][1] - spell[i][0];
        if (i < most)
            times[i] = (struct hs_passage){spell[i][0], spell[i][1]};
    }
    *out = (struct hs_pair_fault){.kind = HS_DAMAGE_ONE_SIDE,
                                  .seconds = all_s,
                                  .thresholds = hs_of_drops,
                                  .at_most = HS_SEVERE,
                                  .times = times,
                                  .n_times = most,
                                  .words = say_gone(c, spell[0], n, all_s)};
    return true;
}

/* Seconds without the left and without the right channel. */
static void gone_seconds(const struct hs_case *c, double gone_s[2])
{
    const double *spell[MOST_SPELLS + 1];
    const struct hs_value *drops = drops_of(c);
    const size_t n = spells(c, spell);
    gone_s[0] = gone_s[1] = 0;
    for (size_t i = 0; i < n; i++)
        gone_s[spell[i][2] > 0] += spell[i][1] - spell[i][0];
    for (size_t i = 0; drops && i + DROP <= drops->n; i += DROP)
        if (drops->array[i + 3] >= 0)
            gone_s[drops->array[i + 3] > 0] += drops->array[i + 1] - drops->array[i];
}

enum hs_move_channel hs_one_side_gone(const struct hs_case *c)
{
    double gone_s[2];
    gone_seconds(c, gone_s);
    return !(gone_s[0] + gone_s[1] > 0) ? HS_CHANNEL_BOTH
           : gone_s[0] > gone_s[1]      ? HS_CHANNEL_LEFT
                                        : HS_CHANNEL_RIGHT;
}

/* A share of the power that is gone lowers its channel by 10 log10(1 - share). */
enum hs_move_channel hs_one_side_leans(const struct hs_case *c)
{
    double gone_s[2];
    gone_seconds(c, gone_s);
    const double share = fmax(gone_s[0], gone_s[1]) / hs_values_or_nan(c->values, "duration_s");
    const double power = fmin(share * hs_power_from_db(louder_db), 1);
    const double lean_db = hs_values_or_nan(c->values, "balance_db");
    if (!(share >= least_share) || (power < 1 && fabs(lean_db) > -hs_db_from_power(1 - power)))
        return HS_CHANNEL_BOTH;
    return hs_one_side_gone(c);
}
