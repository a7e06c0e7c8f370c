/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether two files of one title can be the same recording, by their measures. Pure.
 */
#ifndef HS_CATALOGUE_SAME_RECORDING_H
#define HS_CATALOGUE_SAME_RECORDING_H

#include "model/audit.h"

#include <stdbool.h>

/* False where the sound or the length speaks against it; true also where neither file
 * was measured, because the equal title then stands alone. */
bool hs_same_recording(const struct hs_file *a, const struct hs_file *b);

#endif
