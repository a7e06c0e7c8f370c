/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hum that is not there all through a file, or not to be seen all through it: in the intro alone,
 * until a channel is muted, under a fade. Pure.
 */
#ifndef HS_MEASURE_HUM_PASSAGE_H
#define HS_MEASURE_HUM_PASSAGE_H

#include "measure/hum_lines.h"

struct hs_hum_passage {
    struct hs_hum hum; /* no lines: none */
    size_t from, to;   /* frames from the first in which it stands to behind the last */
};

/* `loudest` as for hs_hum_find. */
void hs_hum_find_passage(const struct hs_low_course *course, double loudest,
                         struct hs_hum_passage *out);

#endif
