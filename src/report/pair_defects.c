/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_defects.h"

#include "core/num.h"
#include "core/num_text.h"
#include "model/measure.h"
#include "report/sentence.h"

#include <math.h>

/* Coarse steps of the samples, where the mix has finer ones. */
static void put_bits(struct hs_sentence *s, const struct hs_track_result *t)
{
    const double coarse_bits = 14;
    char bits[HS_NUM_TEXT];
    double of_mix, of_master;
    if (!hs_values_read(&t->master.values, "effective_bits", &of_master) || of_master > coarse_bits)
        return;
    bool known = hs_values_read(&t->mix.values, "effective_bits", &of_mix);
    if (known && of_mix <= of_master)
        return;
    hs_sentence_part(s);
    hs_buf_printf(s->out, "stored in steps of %s bits", hs_num_fixed(bits, of_master, 0));
}

/* By how much the offset is larger than gain and equaliser alone may make it; or smaller, where
 * half of it and more is gone: what the gain is at 0 Hz is not known, and a fade takes some. */
static double dc_beyond_gain(const struct hs_track_result *t)
{
    const struct hs_values *v = &t->pair.values;
    const double *eq = hs_values_doubles(v, "eq_db", HS_BANDS);
    const double mix = fabs(hs_values_or_nan(&t->mix.values, "dc_offset")),
                 master = fabs(hs_values_or_nan(&t->master.values, "dc_offset")),
                 of_all_db = hs_values_or_nan(v, "gain_db"),
                 low_db = of_all_db + (eq && isfinite(eq[0]) ? eq[0] : 0),
                 least = mix * hs_amplitude_from_db(fmin(0, fmin(of_all_db, low_db))),
                 most = mix * hs_amplitude_from_db(fmax(0, fmax(of_all_db, low_db)));
    return master > most ? master - most : master < least / 2 ? master - least : 0;
}

bool hs_pair_defects_words(const struct hs_track_result *t, struct hs_buf *out)
{
    const struct hs_values *v = &t->pair.values;
    struct hs_sentence s = {out, "Defects: ", 0};
    const double one_ceiling = 0.8;
    double square = 0, one_level = hs_values_or_nan(&t->master.values, "clipped_at_one_level");
    put_bits(&s, t);
    /* flat at many levels: square waves or coarse steps, and nothing is clipped */
    hs_values_read(&t->master.values, "ceiling_square", &square);
    bool steps = square != 0 || one_level < one_ceiling;
    hs_sentence_change(&s, steps ? NAN : hs_values_or_nan(v, "clipped_change_ppm"), 10, 0, "ppm",
                       "clipped samples", "up", "down");
    hs_sentence_change(&s, hs_values_or_nan(v, "noise_change_db"), 3, 1, "dB", "noise", "up",
                       "down");
    hs_sentence_change(&s, hs_values_or_nan(v, "hum_change_db"), 3, 1, "dB", "hum", "up", "down");
    hs_sentence_change(&s, dc_beyond_gain(t), 0.002, 3, "of full scale", "DC offset", "up", "down");
    return hs_sentence_end(&s);
}
