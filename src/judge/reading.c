/* SPDX-License-Identifier: Apache-2.0 */
/* What rules read their values with: a measure or the reason why it is not there, the level of a
 * zone, the pair, the year, and the stem of an instrument. */
#include "judge/reading.h"

#include "core/arena.h"
#include "core/num.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

void hs_reading_refuse(struct hs_reading *out, const char *why)
{
    out->judged = false;
    out->why = why;
}

void hs_reading_value(struct hs_reading *out, double value)
{
    if (!isfinite(value)) {
        hs_reading_refuse(out, "not finite");
        return;
    }
    out->judged = true;
    out->why = NULL;
    out->value = value;
}

/* The reason of the array stands for its elements. */
static const char *why_absent(const struct hs_case *c, const char *key)
{
    const char *bracket = strchr(key, '[');
    if (!bracket)
        return hs_values_why(c->values, key);
    char *name = hs_arena_strndup(c->arena, key, (size_t)(bracket - key));
    const struct hs_value *v = hs_values_get(c->values, name);
    if (v && v->kind == HS_ARRAY)
        return "nothing to measure in this band";
    return hs_values_why(c->values, name);
}

bool hs_need(const struct hs_case *c, const char *key, double *x, struct hs_reading *out)
{
    if (hs_values_read(c->values, key, x))
        return true;
    hs_reading_refuse(out, hs_arena_printf(c->arena, "%s: %s", key, why_absent(c, key)));
    return false;
}

/* Mean power of bands in dB; false with the reason. */
bool hs_need_zone(const struct hs_case *c, size_t first, size_t last, double *x,
                  struct hs_reading *out)
{
    const double *bands = hs_values_doubles(c->values, "bands_db", HS_BANDS);
    if (!bands) {
        hs_reading_refuse(
            out, hs_arena_printf(c->arena, "bands_db: %s", hs_values_why(c->values, "bands_db")));
        return false;
    }
    double sum = 0;
    for (size_t i = first; i <= last; i++)
        sum += hs_power_from_db(bands[i]);
    if (!isfinite(sum)) {
        hs_reading_refuse(out, hs_arena_printf(c->arena, "no spectrum from %s to %s",
                                               hs_band_words(first), hs_band_words(last)));
        return false;
    }
    *x = hs_db_from_power(sum / (double)(last - first + 1));
    return true;
}

const double hs_mono_side_db = -60;

bool hs_values_mono(const struct hs_values *v)
{
    double equal, side;
    return (hs_values_read(v, "channels_equal", &equal) && equal != 0) ||
           (hs_values_read(v, "side_mid_db", &side) && side < hs_mono_side_db);
}

void hs_read_first_need(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double x;
    if (hs_need(c, rule->needs[0], &x, out))
        hs_reading_value(out, x);
}

const struct hs_values *hs_case_pair(const struct hs_case *c)
{
    if (!c->result ||
        (c->result->pair.state != HS_PAIR_ALIGNED && c->result->pair.state != HS_PAIR_EDITED))
        return NULL;
    return &c->result->pair.values;
}

const char *hs_case_other(const struct hs_case *c)
{
    return c->other ? c->other : "the mix";
}

int hs_case_year(const struct hs_case *c)
{
    if (!c->result || !c->result->track)
        return 0;
    const struct hs_track *t = c->result->track;
    if (t->mastered_year)
        return t->mastered_year;
    if (t->year)
        return t->year;
    return c->release ? c->release->year : 0;
}

static bool has_stem(const struct hs_case *c, enum hs_stem_role role)
{
    const struct hs_track *t = c->result ? c->result->track : NULL;
    for (size_t i = 0; t && i < t->n_stems; i++)
        if (t->stems[i].kind == role)
            return true;
    return false;
}

const struct hs_instrument *hs_case_instrument(const struct hs_case *c, enum hs_stem_role role,
                                               const char **why)
{
    const struct hs_instrument *in =
        c->file ? hs_instrument_of_role(c->file->instruments, role, c->file->side) : NULL;
    *why = in ? in->why : has_stem(c, role) ? "its stem could not be fitted in this file" : NULL;
    return *why ? NULL : in;
}

bool hs_case_stems_hold_none(const struct hs_case *c, enum hs_stem_role role)
{
    const double explained_db = -15;
    const struct hs_instruments *all = c->file ? c->file->instruments : NULL;
    if (!all || all->fit[c->file->side].why ||
        !(all->fit[c->file->side].residual_db < explained_db))
        return false;
    for (size_t i = 0; i < all->n; i++) {
        const enum hs_stem_role other = all->items[i].role;
        const bool may =
            other == role || other == HS_STEM_OTHER ||
            (hs_stem_role_is_drum(role) ? other == HS_STEM_DRUMS : other == HS_STEM_KEYS);
        if (may || all->items[i].origin != HS_STEM_GIVEN)
            return false;
    }
    return true;
}

enum hs_tier hs_instrument_tier(const struct hs_instrument *in)
{
    bool sure = in->origin == HS_STEM_GIVEN &&
                in->number[HS_INSTRUMENT_BOUND_LU] <= hs_instrument_measured_lu;
    return sure ? HS_MEASURED : HS_INFERRED;
}

const struct hs_values *hs_voice_stem(const struct hs_case *c)
{
    const char *why;
    const struct hs_track_result *t = c->result;
    if (!hs_case_instrument(c, HS_STEM_VOCAL, &why))
        return NULL;
    for (size_t i = 0; t && t->track && t->stems && i < t->track->n_stems; i++)
        if (t->track->stems[i].kind == HS_STEM_VOCAL && t->stems[i].state == HS_FILE_OK)
            return &t->stems[i].values;
    return NULL;
}

double hs_reading_residual(const struct hs_reading *r)
{
    return r->value - r->expected_shift;
}
