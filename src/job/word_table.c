/* SPDX-License-Identifier: Apache-2.0 */
/* Tables and their look-ups. A word that stands in two tables is what the first of them says:
 * words, then what is set aside. */
#include "job/word_table.h"

#include <string.h>

/* Words that speak alone. */
static const struct {
    const char *text;
    enum hs_word word;
} words[] = {
    {"mstr", HS_WORD_MASTER},
    {"mastered", HS_WORD_MASTER},
    {"mst", HS_WORD_MASTER},
    {"remaster", HS_WORD_MASTER},
    {"remastered", HS_WORD_MASTER},
    {"mastering", HS_WORD_MASTER},
    {"finalmaster", HS_WORD_MASTER},
    {"prod", HS_WORD_MASTER},
    {"ddp", HS_WORD_MASTER},
    {"master", HS_WORD_MASTERED},
    {"masters", HS_WORD_MASTER},
    {"mix", HS_WORD_MIX},
    {"mx", HS_WORD_MIX},
    {"mixes", HS_WORD_MIX},
    {"mixdown", HS_WORD_MIX},
    {"mixdowns", HS_WORD_MIX},
    {"mixed", HS_WORD_MIX},
    {"2trk", HS_WORD_MIX},
    {"2track", HS_WORD_MIX},
    {"2tracks", HS_WORD_MIX},
    {"2mix", HS_WORD_MIX},
    {"premaster", HS_WORD_FLAT},
    {"premasters", HS_WORD_FLAT},
    {"pre", HS_WORD_FLAT},
    {"unmastered", HS_WORD_FLAT},
    {"flat", HS_WORD_FLAT},
    {"nolim", HS_WORD_FLAT},
    {"nolimiter", HS_WORD_FLAT},
    {"unlimited", HS_WORD_FLAT},
    {"v", HS_WORD_VERSION},
    {"ver", HS_WORD_VERSION},
    {"vers", HS_WORD_VERSION},
    {"rev", HS_WORD_VERSION},
    {"revision", HS_WORD_VERSION},
    {"take", HS_WORD_VERSION},
    {"pass", HS_WORD_VERSION},
    {"recall", HS_WORD_VERSION},
    {"final", HS_WORD_FINAL},
    {"fnl", HS_WORD_FINAL},
    {"finalfinal", HS_WORD_FINAL},
    {"approved", HS_WORD_FINAL},
    {"print", HS_WORD_BOUNCE},
    {"printed", HS_WORD_BOUNCE},
    {"bounce", HS_WORD_BOUNCE},
    {"bounced", HS_WORD_BOUNCE},
    {"export", HS_WORD_BOUNCE},
    {"render", HS_WORD_BOUNCE},
    {"rendered", HS_WORD_BOUNCE},
    {"stereo", HS_WORD_FORMAT},
    {"interleaved", HS_WORD_FORMAT},
    {"2ch", HS_WORD_FORMAT},
    {"lt", HS_WORD_FORMAT},
    {"dithered", HS_WORD_FORMAT},
    {"dither", HS_WORD_FORMAT},
    {"wav", HS_WORD_FORMAT},
    {"wave", HS_WORD_FORMAT},
    {"aiff", HS_WORD_FORMAT},
    {"flac", HS_WORD_FORMAT},
    {"alac", HS_WORD_FORMAT},
    {"mp3", HS_WORD_FORMAT},
    {"aac", HS_WORD_FORMAT},
    {"ogg", HS_WORD_FORMAT},
    {"opus", HS_WORD_FORMAT},
    {"wavs", HS_WORD_FORMAT},
    {"hires", HS_WORD_FORMAT},
    {"float", HS_WORD_FORMAT},
    {"lossless", HS_WORD_FORMAT},
    {"l", HS_WORD_CHANNEL},
    {"r", HS_WORD_CHANNEL},
    {"left", HS_WORD_CHANNEL},
    {"right", HS_WORD_CHANNEL},
};

static const struct {
    const char *text;
    enum hs_aside aside;
} asides[] = {
    {"stem", HS_ASIDE_STEM},
    {"stems", HS_ASIDE_STEM},
    {"multitrack", HS_ASIDE_STEM},
    {"multitracks", HS_ASIDE_STEM},
    {"inst", HS_ASIDE_INSTRUMENTAL},
    {"instr", HS_ASIDE_INSTRUMENTAL},
    {"instrumental", HS_ASIDE_INSTRUMENTAL},
    {"instrumentals", HS_ASIDE_INSTRUMENTAL},
    {"tv", HS_ASIDE_TV},
    {"tvmix", HS_ASIDE_TV},
    {"aca", HS_ASIDE_A_CAPPELLA},
    {"acapella", HS_ASIDE_A_CAPPELLA},
    {"acappella", HS_ASIDE_A_CAPPELLA},
    {"acapellas", HS_ASIDE_A_CAPPELLA},
    {"cappella", HS_ASIDE_A_CAPPELLA},
    {"voxup", HS_ASIDE_VOCAL_UP},
    {"voxdown", HS_ASIDE_VOCAL_DOWN},
    {"vocup", HS_ASIDE_VOCAL_UP},
    {"vocdown", HS_ASIDE_VOCAL_DOWN},
    {"vocalup", HS_ASIDE_VOCAL_UP},
    {"vocaldown", HS_ASIDE_VOCAL_DOWN},
    {"clean", HS_ASIDE_CLEAN},
    {"radio", HS_ASIDE_RADIO_EDIT},
    {"edit", HS_ASIDE_EDIT},
    {"karaoke", HS_ASIDE_KARAOKE},
    {"demo", HS_ASIDE_DEMO},
    {"demos", HS_ASIDE_DEMO},
    {"rough", HS_ASIDE_ROUGH},
    {"roughs", HS_ASIDE_ROUGH},
    {"ref", HS_ASIDE_REFERENCE},
    {"refs", HS_ASIDE_REFERENCE},
    {"surround", HS_ASIDE_SURROUND},
    {"51", HS_ASIDE_SURROUND},
    {"6ch", HS_ASIDE_SURROUND},
    {"atmos", HS_ASIDE_SURROUND},
    {"mute", HS_ASIDE_PARTIAL},
    {"minus", HS_ASIDE_PARTIAL},
};

static const struct hs_counter counters[] = {
    {"cd", HS_WORD_DISC, HS_WORD_DISC, false},
    {"disc", HS_WORD_DISC, HS_WORD_DISC, false},
    {"disk", HS_WORD_DISC, HS_WORD_DISC, false},
    {"disque", HS_WORD_DISC, HS_WORD_TITLE, false},
    {"final", HS_WORD_FINAL, HS_WORD_VERSION, false},
    {"master", HS_WORD_MASTERED, HS_WORD_TITLE, false},
    {"mstr", HS_WORD_MASTER, HS_WORD_TITLE, false},
    {"mix", HS_WORD_VERSION, HS_WORD_VERSION, true},
    {"mx", HS_WORD_VERSION, HS_WORD_VERSION, true},
    {"mixv", HS_WORD_VERSION, HS_WORD_TITLE, true},
    {"v", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"ver", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"version", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"rev", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"r", HS_WORD_VERSION, HS_WORD_TITLE, false},
    {"take", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"print", HS_WORD_VERSION, HS_WORD_VERSION, false},
    {"bounce", HS_WORD_VERSION, HS_WORD_VERSION, false},
};

static const struct hs_neighbours neighbours[] = {
    {"no", "lim", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"no", "limiter", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"no", "limiting", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"2", "track", HS_WORD_MIX, HS_ASIDE_NONE},
    {"2", "trk", HS_WORD_MIX, HS_ASIDE_NONE},
    {"2", "tracks", HS_WORD_MIX, HS_ASIDE_NONE},
    {"pre", "master", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"pre", "mastered", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"un", "master", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"un", "mastered", HS_WORD_FLAT, HS_ASIDE_NONE},
    {"final", "master", HS_WORD_MASTER, HS_ASIDE_NONE},
    {"vox", "up", HS_WORD_ASIDE, HS_ASIDE_VOCAL_UP},
    {"vox", "down", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"vox", "dn", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"vocal", "up", HS_WORD_ASIDE, HS_ASIDE_VOCAL_UP},
    {"vocal", "down", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"vocal", "dn", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"vocals", "up", HS_WORD_ASIDE, HS_ASIDE_VOCAL_UP},
    {"vocals", "down", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"vocals", "dn", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"voc", "up", HS_WORD_ASIDE, HS_ASIDE_VOCAL_UP},
    {"voc", "down", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"voc", "dn", HS_WORD_ASIDE, HS_ASIDE_VOCAL_DOWN},
    {"5", "1", HS_WORD_ASIDE, HS_ASIDE_SURROUND},
    {"a", "cappella", HS_WORD_ASIDE, HS_ASIDE_A_CAPPELLA},
    {"a", "capella", HS_WORD_ASIDE, HS_ASIDE_A_CAPPELLA},
    {"radio", "edit", HS_WORD_ASIDE, HS_ASIDE_RADIO_EDIT},
};

enum hs_word hs_word_alone(const char *text, enum hs_aside *aside)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].text, text))
            return words[i].word;
    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++)
        if (!strcmp(asides[i].text, text)) {
            *aside = asides[i].aside;
            return HS_WORD_ASIDE;
        }
    return HS_WORD_TITLE;
}

const struct hs_counter *hs_word_counter(const char *text)
{
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (!strcmp(counters[i].text, text))
            return &counters[i];
    return NULL;
}

const struct hs_neighbours *hs_word_neighbours(const char *first, const char *second)
{
    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++)
        if (!strcmp(neighbours[i].first, first) && !strcmp(neighbours[i].second, second))
            return &neighbours[i];
    return NULL;
}

bool hs_word_among(const char *text, const char *const *among, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(text, among[i]))
            return true;
    return false;
}

bool hs_word_is_older(const char *text)
{
    static const char *const older[] = {"old", "older", "prev", "previous", "earlier"};
    return hs_word_among(text, older, sizeof older / sizeof *older);
}

const char *hs_aside_name(enum hs_aside aside)
{
    static const char *const names[HS_N_ASIDES] = {
        [HS_ASIDE_STEM] = "stem",
        [HS_ASIDE_INSTRUMENTAL] = "instrumental",
        [HS_ASIDE_TV] = "TV mix",
        [HS_ASIDE_A_CAPPELLA] = "a cappella",
        [HS_ASIDE_VOCAL_UP] = "vocal up",
        [HS_ASIDE_VOCAL_DOWN] = "vocal down",
        [HS_ASIDE_CLEAN] = "clean version",
        [HS_ASIDE_RADIO_EDIT] = "radio edit",
        [HS_ASIDE_EDIT] = "edit",
        [HS_ASIDE_KARAOKE] = "karaoke",
        [HS_ASIDE_DEMO] = "demo",
        [HS_ASIDE_ROUGH] = "rough mix",
        [HS_ASIDE_REFERENCE] = "reference copy",
        [HS_ASIDE_SURROUND] = "surround",
        [HS_ASIDE_PARTIAL] = "partial mix",
    };
    return names[aside];
}
