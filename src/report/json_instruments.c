/* SPDX-License-Identifier: Apache-2.0 */
/* What stems show of the instruments: level, width, tone and course of each, and how well the stems
 * explain the file. */
#include "report/json_instruments.h"

#include <math.h>

/* Role, side and numbers of one instrument; `why` says what kept it from being judged. */
static void put_instrument(struct hs_json *j, const struct hs_instrument *in)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "role", hs_stem_role_name(in->role));
    hs_json_text(j, "name", in->name);
    hs_json_text(j, "source", hs_stem_origin_name(in->origin));
    hs_json_text(j, "in", hs_stem_side_name(in->side));
    hs_json_number(j, "polarity", in->polarity ? in->polarity : NAN);
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        hs_json_number(j, hs_instrument_rows[i].key, in->number[i]);
    hs_json_object(j, "tone_db");
    for (int i = 0; i < HS_STEM_ZONES; i++)
        hs_json_number(j, hs_stem_zone_names[i], in->tone_db[i]);
    hs_json_object_end(j);
    hs_json_array(j, "course_lu");
    for (size_t i = 0; i < in->n_course; i++)
        hs_json_number(j, NULL, (double)in->course_lu[i]);
    hs_json_array_end(j);
    hs_json_text(j, "why", in->why);
    hs_json_object_end(j);
}

/* One object for each side that the stems were fitted in. */
static void put_fits(struct hs_json *j, const struct hs_instruments *all)
{
    for (int s = 0; all && s < HS_STEM_SIDES; s++) {
        if (!all->fit[s].tried)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "in", hs_stem_side_name((enum hs_stem_side)s));
        hs_json_number(j, "residual_db", all->fit[s].residual_db);
        hs_json_number(j, "window_s", all->fit[s].window_s);
        hs_json_text(j, "missing", all->fit[s].missing);
        hs_json_text(j, "why", all->fit[s].why);
        hs_json_text(j, "separated_by", all->separated_by);
        hs_json_object_end(j);
    }
}

/* Stems that were given are fitted in mix and master at once, those of a separator in each file
 * alone. */
static void put_list(struct hs_json *j, const char *key, const struct hs_track_result *t)
{
    const struct hs_instruments *sides[] = {t->mix.instruments, t->master.instruments};
    hs_json_array(j, key);
    for (int s = 0; s < (sides[0] == sides[1] ? 1 : 2); s++)
        for (size_t i = 0; sides[s] && i < sides[s]->n; i++)
            put_instrument(j, &sides[s]->items[i]);
    hs_json_array_end(j);
}

void hs_json_instruments(const struct hs_track_result *t, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    put_list(&j, NULL, t);
}

/* What stems show of the mix and of the master, and what they leave. */
void hs_json_put_instruments(struct hs_json *j, const struct hs_track_result *t)
{
    const struct hs_instruments *sides[] = {t->mix.instruments, t->master.instruments};
    /* one number for older readers: the fit in the master, else in the mix */
    double residual_db = NAN;
    if (sides[0] == sides[1])
        sides[1] = NULL;
    put_list(j, "instruments", t);
    hs_json_array(j, "stems_fit");
    for (int s = 0; s < 2; s++)
        put_fits(j, sides[s]);
    hs_json_array_end(j);
    for (int s = 0; s < 2; s++)
        for (int k = HS_STEM_SIDES; sides[s] && k-- > 0;)
            if (isnan(residual_db) && sides[s]->fit[k].tried)
                residual_db = sides[s]->fit[k].residual_db;
    hs_json_number(j, "stems_residual_db", residual_db);
}
