/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/note_parts.h"

#include <stddef.h>
#include <string.h>

/* Instruments, stretches of a song, and what else has a level of its own: none is the song. */
static const char *const parts[] = {
    "vocal",    "lead",   "backing",   "harmony",    "choir",    "rap",       "kick",
    "snare",    "drum",   "bass",      "guitar",     "synth",    "key",       "keyboard",
    "piano",    "organ",  "string",    "violin",     "cello",    "harp",      "horn",
    "brass",    "sax",    "saxophone", "trumpet",    "trombone", "flute",     "accordion",
    "banjo",    "bell",   "hat",       "hihat",      "cymbal",   "tom",       "percussion",
    "clap",     "pad",    "solo",      "sample",     "loop",     "effect",    "reverb",
    "delay",    "intro",  "outro",     "verse",      "chorus",   "bridge",    "mid",
    "low-mid",  "side",   "left",      "right",      "channel",  "hum",       "noisy",
    "shaker",   "ride",   "crash",     "tambourine", "crowd",    "transient", "attack",
    "air",      "double", "note",      "line",       "overhead", "room",      "hook",
    "high-mid",
};

bool hs_note_is_part(const char *word)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strcmp(word, parts[i]))
            return true;
    return false;
}
