/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two masters of one song hold the same mastering. */
#ifndef HS_CATALOGUE_SAME_MASTERING_H
#define HS_CATALOGUE_SAME_MASTERING_H

#include "model/audit.h"

#include <stdbool.h>

/* Of two masters of one song: whether one is a copy of the other, in another container, encoded,
 * at another rate, or turned up or down alone. False where their measures do not tell. */
bool hs_same_mastering(const struct hs_file *a, const struct hs_file *b);

#endif
