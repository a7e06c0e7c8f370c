/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences of a pair: edits by their place, channels that were folded or turned over instead
 * of "no change", sides by zone, what nothing explains, findings of unknown origin. */
#include "check.h"
#include "model/measure.h"
#include "report/json_added.h"
#include "report/pair_words.h"

#include <math.h>
#include <string.h>

struct said {
    struct hs_arena arena;
    struct hs_track_result t;
    struct hs_segment segment[3];
    struct hs_finding finding;
    char text[2000];
};

/* A master that was left as the mix is. */
static void set_up(struct said *s)
{
    *s = (struct said){0};
    s->t.pair.state = HS_PAIR_ALIGNED;
    hs_values_init(&s->t.pair.values, &s->arena);
    hs_values_init(&s->t.mix.values, &s->arena);
    hs_values_init(&s->t.master.values, &s->arena);
    hs_values_number(&s->t.mix.values, "side_mid_db", -8);
    hs_values_number(&s->t.master.values, "side_mid_db", -8);
    hs_values_number(&s->t.pair.values, "residual_db", -50);
    hs_values_number(&s->t.pair.values, "polarity", 1);
}

static bool says(struct said *s, const char *words)
{
    struct hs_buf out = {0};
    hs_pair_words(&s->t, &out);
    hs_buf_putc(&out, '\0');
    snprintf(s->text, sizeof s->text, "%s", out.data);
    hs_buf_free(&out);
    return strstr(s->text, words) != NULL;
}

static void check_says(struct said *s, const char *words, const char * not )
{
    if (!CHECK(says(s, words)) || !CHECK(!not || !says(s, not )))
        fprintf(stderr, "expected \"%s\", not \"%s\", in:\n%s", words, not ? not : "", s->text);
    hs_arena_free(&s->arena);
}

/* Pieces of 10 s of the master: where they lie in the mix. */
static void edited(struct said *s, double second_mix_s, double second_master_s)
{
    set_up(s);
    s->segment[0] = (struct hs_segment){0, 0, 10};
    s->segment[1] = (struct hs_segment){second_mix_s, second_master_s, 10};
    s->t.pair.state = HS_PAIR_EDITED;
    s->t.pair.segments = s->segment;
    s->t.pair.n_segments = 2;
}

static void found(struct said *s, enum hs_origin origin)
{
    set_up(s);
    s->finding = (struct hs_finding){.rule = "noisy", .severity = HS_SEVERE, .origin = origin};
    s->t.findings = &s->finding;
    s->t.n_findings = 1;
}

/* What stands on the page of a pair stands in audit.json as well. */
static void check_json(struct said *s, const char *part)
{
    struct hs_buf out = {0};
    struct hs_json j = {.out = &out, .top = true};
    hs_json_object(&j, NULL);
    hs_json_put_added(&j, &s->t.pair.values);
    hs_json_object_end(&j);
    if (!CHECK(strstr(out.data, part) != NULL))
        fprintf(stderr, "%s\n", out.data);
    hs_buf_free(&out);
}

/* Which bands a multiband processor moves, and where the rest lies that nothing explains: in the
 * treble, or where the music is. */
static void ranges(void)
{
    static const struct {
        double db[5];
        const char *words;
    } rows[] = {
        {{0, 0.2, 2.5, 6, 9}, "multiband 9.0 dB above 650 Hz alone, as a de-esser ("},
        {{5.2, 3.9, 0.8, 0.1, NAN}, "multiband 5.2 dB below 2.5 kHz alone ("},
        {{0, 2, 1, 0.1, 0}, "multiband 2.0 dB from 172 Hz to 2.5 kHz alone ("},
        {{2.7, 5.1, 7.7, 5.8, 3.9}, "multiband 7.7 dB ("},
    };
    struct said s;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        set_up(&s);
        struct hs_device_use use = {HS_DEVICE_MULTIBAND, 0};
        for (int b = 0; b < 5; b++)
            use.db = fmax(use.db, rows[i].db[b]);
        s.t.pair.chain = &use;
        s.t.pair.n_chain = 1;
        hs_values_array(&s.t.pair.values, "reduction_bands_db", rows[i].db, 5);
        check_says(&s, rows[i].words, NULL);
    }
    for (int treble = 0; treble < 2; treble++) {
        double bands[HS_BANDS], coherence[HS_BANDS];
        for (int b = 0; b < HS_BANDS; b++) {
            bands[b] = -b; /* pink, a little darker */
            coherence[b] = !treble || hs_band_hz((size_t)b) > 3000 ? 0.9 : 1;
        }
        set_up(&s);
        hs_values_array(&s.t.master.values, "bands_db", bands, HS_BANDS);
        hs_values_array(&s.t.pair.values, "coherence", coherence, HS_BANDS);
        hs_values_number(&s.t.pair.values, "residual_db", -17);
        check_says(&s,
                   treble ? "by none of this, most of it above 2.8 kHz: something was added"
                          : "by none of this: something was added",
                   NULL);
    }
}

int main(void)
{
    static const char unchanged[] = "no change of level";
    struct said s;
    ranges();
    set_up(&s);
    check_says(&s, unchanged, "Edits");
    edited(&s, 12, 10);
    check_says(&s, "Edits: 2.0 s of the mix cut out at 10.0 s.\n", "Ends");
    edited(&s, 6, 10);
    check_says(&s, "Edits: 6.0 to 10.0 s of the mix played twice, again from 10.0 s on.\n", NULL);
    edited(&s, 6, 10);
    s.segment[0].mix_s = 100; /* pieces in another order: nothing is played twice */
    check_says(&s, "Edits: back to 6.0 s of the mix at 10.0 s.\n", "twice");
    edited(&s, 10, 13);
    check_says(&s, "Edits: 3.0 s put in at 10.0 s.\n", NULL);
    edited(&s, 14, 14);
    check_says(&s, "Edits: 4.0 s replaced at 10.0 s.\n", NULL);
    edited(&s, 10, 10);
    check_says(&s, "cut differently", "Edits");

    set_up(&s);
    hs_values_number(&s.t.pair.values, "ducking_db", 3);
    check_says(&s, "at low hits the gain down by 3.0 dB", unchanged);
    set_up(&s);
    hs_values_flag(&s.t.master.values, "channels_equal", true);
    check_says(&s, "Mastering: folded to mono.\n", unchanged);
    set_up(&s);
    hs_values_number(&s.t.mix.values, "side_mid_db", -90);
    check_says(&s, "Mastering: made stereo from mono.\n", unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "polarity", (double[]){1, -1}, 2);
    check_says(&s, "with one channel inverted", unchanged);

    double eq[HS_BANDS] = {0}, side[HS_BANDS];
    for (size_t i = 0; i < HS_BANDS; i++)
        side[i] = i >= HS_BANDS - 8 ? 6 : 0;
    set_up(&s);
    hs_values_array(&s.t.pair.values, "eq_db", eq, HS_BANDS);
    hs_values_array(&s.t.pair.values, "side_eq_db", side, HS_BANDS);
    check_says(&s, "the sides of the treble", unchanged);

    set_up(&s);
    hs_values_number(&s.t.pair.values, "residual_db", -17);
    check_says(&s, "2 % of the master is explained by none of this", NULL);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "residual_db", -17);
    hs_values_number(&s.t.pair.values, "encoded.noise_db", -17);
    check_says(&s, "Encoded, or noise", "explained by none");
    set_up(&s);
    hs_values_number(&s.t.pair.values, "encoded.noise_db", -17);
    hs_values_text(&s.t.pair.values, "encoded.by", "MP3");
    hs_values_number(&s.t.pair.values, "plr_change_db", 2.8);
    hs_values_number(&s.t.pair.values, "width_change_db", -1.6);
    check_says(&s, "Encoded (MP3): coherent", "Mastering:");
    /* the file says so, its noise does not */
    set_up(&s);
    hs_values_text(&s.t.pair.values, "encoded.by", "AAC");
    hs_values_number(&s.t.pair.values, "residual_db", -17);
    check_says(&s, "Encoded (AAC).", "explained by none");
    set_up(&s);
    hs_values_absent(&s.t.pair.values, "gain_reduction_db.p95", "phases are turned far");
    check_says(&s, "was at work: phases are turned far.", "is proven");
    set_up(&s);
    hs_values_number(&s.t.pair.values, "encoded.noise_db", -17);
    hs_values_number(&s.t.pair.values, "width_change_db", -2.1);
    check_says(&s, "the sides narrower by 2.1 dB", NULL);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "gain_db", 12);
    hs_values_number(&s.t.mix.values, "dc_offset", -0.002);
    hs_values_number(&s.t.master.values, "dc_offset", -0.0082);
    check_says(&s, "12.0 dB louder", "DC offset");
    static const struct {
        double mix, master, low_eq_db;
        const char *said;
    } offsets[] = {
        {0.0275, 0.0275, 0, NULL}, /* a treble that makes it 12 dB louder leaves it alone */
        {0.0275, 0.0215, 0, NULL}, /* so does a fade, but for its share of the time */
        {0.01, 0.08, 6, NULL},     /* 18 dB of bass */
        {0.01, 0.08, 0, "DC offset up by 0.040"},
        {0.0275, 0.0001, 0, "DC offset down by 0.027"},
    };
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        double low[HS_BANDS] = {offsets[i].low_eq_db};
        set_up(&s);
        hs_values_number(&s.t.pair.values, "gain_db", 12);
        hs_values_array(&s.t.pair.values, "eq_db", low, HS_BANDS);
        hs_values_number(&s.t.mix.values, "dc_offset", -offsets[i].mix);
        hs_values_number(&s.t.master.values, "dc_offset", -offsets[i].master);
        if (offsets[i].said)
            check_says(&s, offsets[i].said, NULL);
        else
            check_says(&s, "12.0 dB louder", "DC offset");
    }

    set_up(&s);
    hs_values_array(&s.t.pair.values, "drops", (double[]){15, 15.8, 34, -1, 20, 21.5, 30, 1}, 8);
    check_says(&s,
               "Dropped out: 34 dB down from 15.0 to 15.8 s, 30 dB down from 20.0 to 21.5 s on the "
               "right.\n",
               unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "other_sound_hz", (double[]){497, 2003}, 2);
    hs_values_number(&s.t.pair.values, "other_sound_in", -1);
    check_says(
        &s,
        "A voice or an instrument (500 to 2000 Hz) is softer in the master, or left out: "
        "the mix kept is not the one that was mastered, or mastering changed one part, one range",
        unchanged);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "swing_hz", 5);
    hs_values_number(&s.t.pair.values, "swing_db", 2.4);
    check_says(&s, "The level swings by 2.4 dB, 5.0 times a second", unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "added_tones_hz", (double[]){50, 150, NAN, NAN}, 4);
    hs_values_number(&s.t.pair.values, "added_tones_db", -18);
    hs_values_number(&s.t.pair.values, "residual_db", -17.9);
    check_says(&s, "Added: steady tones at 50 and 150 Hz, 18 dB below the master.\n",
               "explained by none");
    set_up(&s);
    check_json(&s, "\"added_noise_db\": null");
    hs_values_number(&s.t.pair.values, "added_noise_db", -37);
    check_json(&s, "\"added_noise_db\": -37");
    check_says(&s, "Added: steady noise, from 4 to 8 kHz 37 dB below the master.\n", unchanged);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "channel_delay_change_ms", -300);
    check_says(&s, "the right channel 300.0 ms later than in the mix, which thins mono.",
               unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "late_channel", (double[]){20, 60, 0.5}, 3);
    check_says(&s, "the left channel 0.50 ms later than in the mix from 20.0 to 60.0 s", unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "late_channel", (double[]){20, 60, 0.5}, 3);
    hs_values_array(&s.t.pair.values, "channels_moved_ms", (double[]){0, -0.5}, 2);
    check_says(&s,
               "the right channel 0.50 ms earlier than in the mix from 20.0 to 60.0 s, which thins "
               "mono.",
               unchanged);
    set_up(&s);
    hs_values_array(&s.t.pair.values, "late_channel", (double[]){20, 60, 0.5}, 3);
    hs_values_array(&s.t.pair.values, "channels_moved_ms", (double[]){0, -0.5}, 2);
    hs_values_array(&s.t.pair.values, "mix_channel_delay_ms", (double[]){-0.5}, 1);
    check_json(&s, "\"channels_moved_ms\": [0,-0.5]");
    check_json(&s, "\"mix_channel_delay_ms\": [-0.5]");
    check_says(&s, "ms earlier than in the mix from 20.0 to 60.0 s, which puts both in time.",
               "thins mono");
    set_up(&s);
    hs_values_number(&s.t.pair.values, "channel_delay_change_ms", 0.04);
    check_says(&s, unchanged, "later than in the mix");
    set_up(&s);
    check_json(&s, "\"channel_tone\": null");
    hs_values_number(&s.t.pair.values, "channel_tone_db", 9);
    hs_values_array(&s.t.pair.values, "channel_tone_hz", (double[]){5000, 0}, 2);
    hs_values_number(&s.t.pair.values, "channel_gain_db", -0.5);
    check_json(&s, "\"channel_tone\": {\"db\": 9, \"from_hz\": 5000, \"to_hz\": null, "
                   "\"gain_db\": -0.5, \"channel\": null}");
    check_says(&s, "Mastering: the right channel 9.0 dB less than the other from 5 kHz on.\n",
               unchanged);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "channel_tone_db", 9);
    hs_values_array(&s.t.pair.values, "channel_tone_hz", (double[]){5000, 0}, 2);
    hs_values_array(&s.t.pair.values, "channel_tone_each_db", (double[]){8.8, -0.2}, 2);
    check_json(&s, "\"gain_db\": null, \"channel\": \"left\"}");
    check_says(&s, "Mastering: the left channel was given 9.0 dB more from 5 kHz on.\n", unchanged);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "channel_tone_db", -2.4);
    hs_values_array(&s.t.pair.values, "channel_tone_hz", (double[]){200, 2000}, 2);
    check_json(&s, "\"from_hz\": 200, \"to_hz\": 2000, \"gain_db\": null");
    hs_values_array(&s.t.pair.values, "channel_tone_each_db", (double[]){-1.2, 1.2}, 2);
    check_says(&s, "the left channel 2.4 dB less than the other from 200 Hz to 2 kHz", unchanged);
    set_up(&s);
    hs_values_text(&s.t.pair.values, "copied_channel", "right");
    check_says(&s, "Mastering: the right channel replaced by the other one.\n", unchanged);
    set_up(&s);
    hs_values_number(&s.t.pair.values, "drift_ppm", 1e6 * (48 / 44.1 - 1));
    check_says(&s, "8.8 % faster (1.47 semitones up: 44.1 kHz played as 48 kHz)", "ppm");

    found(&s, HS_ORIGIN_CANNOT_SAY);
    check_says(&s, "Cannot say where it came in: noisy (severe).\n", NULL);
    found(&s, HS_ORIGIN_MASTERING);
    check_says(&s, "Brought in by mastering: noisy (severe).\n", unchanged);
    return check_done();
}
