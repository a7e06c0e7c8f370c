/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HS_JUDGE_CURVE_H
#define HS_JUDGE_CURVE_H

#include "model/audit.h"

/* What the spectrum of a file with these measures is expected to be: references and
 * built-in curve blended, moved by the file's percussiveness. */
void hs_curve_expected(const struct hs_audit *audit, const struct hs_values *values,
                       struct hs_arena *arena, struct hs_expected_curve *out);

#endif
