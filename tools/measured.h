/* SPDX-License-Identifier: Apache-2.0 */
/* Measures as `hindsight measure --json` prints them, back into values. */
#ifndef HS_TOOLS_MEASURED_H
#define HS_TOOLS_MEASURED_H

#include "core/arena.h"
#include "model/values.h"

#include <jansson.h>

/* Objects within objects have keys with dots. */
void take_values(struct hs_values *v, const char *prefix, json_t *object, struct hs_arena *arena);

#endif
