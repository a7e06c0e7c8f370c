/* SPDX-License-Identifier: Apache-2.0 */
/* Where to listen: the passages of a stored time series that show a fault most. */
#ifndef HS_JUDGE_PASSAGES_H
#define HS_JUDGE_PASSAGES_H

#include "model/audit.h"

enum { HS_MAX_PASSAGES = 3 };

/* Up to HS_MAX_PASSAGES passages of about `len_s`, worst first, apart from each other. The
 * series `against` is subtracted where it is not NULL. `side` +1: worst where the series is high,
 * -1: where it is low. Quiet passages (20 LU under the programme, where short-term loudness is
 * known), intro and outro are passed over unless nothing else is left. Returns the number. */
size_t hs_passages_worst(const struct hs_values *values, const char *course, const char *against,
                         int side, double len_s, struct hs_passage out[HS_MAX_PASSAGES]);

#endif
