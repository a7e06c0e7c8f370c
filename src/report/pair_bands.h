/* SPDX-License-Identifier: Apache-2.0 */
/* What a multiband processor takes of each band, in words. */
#ifndef HS_REPORT_PAIR_BANDS_H
#define HS_REPORT_PAIR_BANDS_H

#include "core/buf.h"
#include "model/values.h"

/* "By band, at least: 86 to 172 Hz 3.7 dB, 172 to 650 Hz 0.2 dB; all together 0.9 dB." and a line
 * end; nothing where no
 * reduction by band is known. Reduction that is exceeded for 5 % of the time. */
void hs_pair_by_band_words(const struct hs_values *v, struct hs_buf *out);

#endif
