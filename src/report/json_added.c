/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_added.h"

#include "pair/channel_tone.h"

#include <math.h>

/* An array of places, each of so many numbers. */
static void put_places(struct hs_json *j, const char *key, const struct hs_values *v, size_t width)
{
    const struct hs_value *x = hs_values_get(v, key);
    hs_json_array(j, key);
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + width <= x->n; i += width)
        hs_json_numbers(j, NULL, x->array + i, width);
    hs_json_array_end(j);
}

/* Opens the object that stands only where its key does; false: null was written. */
static bool open_where(struct hs_json *j, const char *key, const struct hs_values *v,
                       const char *first)
{
    const struct hs_value *x = hs_values_get(v, first);
    if (x && x->kind != HS_ABSENT) {
        hs_json_object(j, key);
        return true;
    }
    hs_json_null(j, key);
    return false;
}

static void put_all_of(struct hs_json *j, const char *key, const struct hs_values *v,
                       const char *name)
{
    const struct hs_value *x = hs_values_get(v, name);
    hs_json_numbers(j, key, x && x->kind == HS_ARRAY ? x->array : NULL,
                    x && x->kind == HS_ARRAY ? x->n : 0);
}

static void put_word(struct hs_json *j, const struct hs_values *v, const char *key)
{
    const struct hs_value *x = hs_values_get(v, key);
    hs_json_text(j, key, x && x->kind == HS_TEXT ? x->text : NULL);
}

static const char *name_of_file(double in)
{
    return in < 0 ? "mix" : in > 0 ? "master" : NULL;
}

/* An open end is null. */
static void put_channel_tone(struct hs_json *j, const struct hs_values *pair)
{
    const double *hz = hs_values_doubles(pair, "channel_tone_hz", 2);
    if (!hz) {
        hs_json_null(j, "channel_tone");
        return;
    }
    const int moved = hs_channel_tone_moved(pair);
    hs_json_object(j, "channel_tone");
    hs_json_number(j, "db", hs_values_or_nan(pair, "channel_tone_db"));
    hs_json_number(j, "from_hz", hz[0] > 0 ? hz[0] : NAN);
    hs_json_number(j, "to_hz", hz[1] > 0 ? hz[1] : NAN);
    hs_json_number(j, "gain_db", hs_values_or_nan(pair, "channel_gain_db"));
    hs_json_text(j, "channel", moved < 0 ? NULL : moved ? "right" : "left");
    hs_json_object_end(j);
}

void hs_json_put_added(struct hs_json *j, const struct hs_values *pair)
{
    put_places(j, "drops", pair, 4);
    put_places(j, "foreign", pair, 3);
    put_places(j, "skips", pair, 5);
    put_places(j, "lost", pair, 3);
    put_places(j, "breaks", pair, 4);
    put_places(j, "late_channel", pair, 3);
    put_all_of(j, "channels_moved_ms", pair, "channels_moved_ms");
    put_all_of(j, "mix_channel_delay_ms", pair, "mix_channel_delay_ms");
    if (open_where(j, "clicks", pair, "clicks")) {
        hs_json_number(j, "n", hs_values_or_nan(pair, "clicks_n"));
        hs_json_bool(j, "at_least", hs_values_or_nan(pair, "clicks_at_least") > 0);
        hs_json_number(j, "peak_dbfs", hs_values_or_nan(pair, "clicks_db"));
        put_all_of(j, "at_s", pair, "clicks");
        hs_json_object_end(j);
    }
    if (open_where(j, "swing", pair, "swing_hz")) {
        hs_json_number(j, "hz", hs_values_or_nan(pair, "swing_hz"));
        hs_json_number(j, "db", hs_values_or_nan(pair, "swing_db"));
        hs_json_object_end(j);
    }
    hs_json_number(j, "panned_db", hs_values_or_nan(pair, "panned_db"));
    if (open_where(j, "turned", pair, "turned_hz")) {
        hs_json_number(j, "hz", hs_values_or_nan(pair, "turned_hz"));
        hs_json_number(j, "late_ms", hs_values_or_nan(pair, "turned_ms"));
        hs_json_object_end(j);
    }
    if (open_where(j, "added_tones", pair, "added_tones_hz")) {
        put_all_of(j, "hz", pair, "added_tones_hz");
        hs_json_number(j, "db", hs_values_or_nan(pair, "added_tones_db"));
        hs_json_object_end(j);
    }
    hs_json_number(j, "added_noise_db", hs_values_or_nan(pair, "added_noise_db"));
    if (open_where(j, "other_sound", pair, "other_sound_hz")) {
        put_all_of(j, "hz", pair, "other_sound_hz");
        hs_json_text(j, "louder_in", name_of_file(hs_values_or_nan(pair, "other_sound_in")));
        hs_json_object_end(j);
    }
    put_channel_tone(j, pair);
    put_word(j, pair, "copied_channel");
    put_word(j, pair, "curve_channel");
    put_word(j, pair, "gain_part");
}
