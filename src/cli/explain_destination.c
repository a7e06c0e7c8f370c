/* SPDX-License-Identifier: Apache-2.0 */
/* A new destination of `survival` gets its row here: hindsight explain reads the table by the keys
 * of audit.json, the part behind the first dot being a value of the destination. */
#include "cli/explain_destination.h"

#include "survival/platforms.h"

#include <string.h>

#define CODECS                                                                                     \
    "encoder; true_peak_dbtp; overshoot_db; overs_per_min; sdr_db in five bands; side_loss_db; "   \
    "bandwidth_hz; tail_db (pre-echo): hindsight explain codecs.aac_256.overshoot_db and so on."
#define CAR                                                                                        \
    "audible (shares of four ranges); lost_s; lost_at; boom_db: hindsight explain car_50.lost_s "  \
    "and so on."
#define CABIN                                                                                      \
    "The music 11 dB(A) over the noise of a cabin, at 68 dB(A) at least, with 6 dB more below "    \
    "100 Hz: what of its third octaves stays above the noise. "

static const struct hs_destination_words destinations[] = {
    {"platforms", "streaming services", HS_MEASURED,
     "for each service: gain_db (what it turns), peak_after_dbtp, unused_headroom_db (below -1 "
     "dBTP after turning down), never_reaches_db (by how much it stays quieter than its "
     "neighbours).",
     "Loudness, true peak and the loudness of the release, held against the targets of services "
     "as of " HS_PLATFORMS_CHECKED "; `platforms:` in the job replaces them.",
     NULL},
    {"codecs", "codecs, the loudest parts", HS_MEASURED, CODECS,
     "The three loudest parts of 20 s through the encoder and its decoder, held against "
     "themselves: AAC 256 and Opus 128; `all_codecs` adds AAC 128, MP3 128 and Vorbis 160.",
     "codec_overs"},
    {"codecs_whole", "codecs, the whole file", HS_MEASURED, CODECS,
     "All of the file through the encoder and its decoder, in parts of 20 s.", NULL},
    {"fm", "FM radio", HS_INFERRED,
     "regrowth_db, hf_drive_db (also with 75 us); sdr_db, hf_sdr_db behind a clipper at -10 LUFS "
     "and, _bs412, at -15; mono_loss_db; side_noise_db.",
     "The three loudest parts of 20 s through 30 Hz high-pass, 15 kHz low-pass, phase rotator, "
     "pre-emphasis and clipper. A model without a station's compressor.",
     "fm_regrowth, fm_drive"},
    {"car_50", "car at 50 km/h", HS_INFERRED, CAR, CABIN "A model.", NULL},
    {"car_100", "car at 100 km/h", HS_INFERRED, CAR, CABIN "A model.",
     "car_bass_lost, car_passages_lost"},
    {"phone", "phone", HS_INFERRED,
     "loss_lu (loudness that is left); carried_db and harmonics (whether overtones carry the bass "
     "line; an indication).",
     "One channel behind a high-pass of fourth order at 350 Hz. A model.", "phone_bass_lost"},
    {"laptop", "laptop", HS_INFERRED, "loss_lu (loudness that is left).",
     "Both channels behind a high-pass of fourth order at 180 Hz. A model.", NULL},
    {"small_speaker", "small speaker", HS_INFERRED, "loss_lu (loudness that is left).",
     "One channel behind a high-pass of fourth order at 80 Hz. A model.", NULL},
    {"club", "club", HS_MEASURED, "mono_loss_db; correlation.",
     "What one channel loses from 20 to 120 Hz, where systems play one; over 1 dB is marked.",
     NULL},
    {"vinyl", "vinyl", HS_MEASURED, "bass_side_mid_db; crest_db; clipped_ppm.",
     "Side over middle from 20 to 120 Hz, what stands between peak and mean, and cut-off tops; "
     "side over -12 dB is marked.",
     NULL},
};

const struct hs_destination_words *hs_destination_words(const char *key)
{
    size_t n = strcspn(key, ".");
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++)
        if (strlen(destinations[i].key) == n && !memcmp(destinations[i].key, key, n))
            return &destinations[i];
    return NULL;
}
