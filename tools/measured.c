/* SPDX-License-Identifier: Apache-2.0 */
#include "measured.h"

#include <math.h>

static void take_value(struct hs_values *v, const char *key, const json_t *x)
{
    if (json_is_number(x))
        hs_values_number(v, key, json_number_value(x));
    else if (json_is_boolean(x))
        hs_values_flag(v, key, json_is_true(x));
    else if (json_is_string(x))
        hs_values_text(v, key, json_string_value(x));
    else if (json_is_array(x)) {
        size_t n = json_array_size(x);
        double items[64];
        for (size_t i = 0; i < n && i < 64; i++) {
            const json_t *e = json_array_get(x, i);
            items[i] = json_is_number(e) ? json_number_value(e) : NAN;
        }
        hs_values_array(v, key, items, n < 64 ? n : 64);
    } else if (!json_is_object(x))
        hs_values_absent(v, key, "absent");
}

void take_values(struct hs_values *v, const char *prefix, json_t *object, struct hs_arena *arena)
{
    const char *key;
    json_t *x;
    json_object_foreach(object, key, x)
    {
        const char *whole = hs_arena_printf(arena, "%s%s", prefix, key);
        take_value(v, whole, x);
        if (json_is_object(x))
            take_values(v, hs_arena_printf(arena, "%s.", whole), x, arena);
    }
}
