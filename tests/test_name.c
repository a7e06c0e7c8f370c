/* SPDX-License-Identifier: Apache-2.0 */
/* What paths of real archives say, in several studios' ways of naming. */
#include "check.h"
#include "job/name.h"

#include <stdlib.h>

static const struct {
    const char *path;
    enum hs_part part;
    const char *title;
    int revision;
    enum hs_aside aside;
    const char *release;
    int disc, track;
} cases[] = {
#define U HS_PART_UNKNOWN
#define MA HS_PART_MASTER
#define MI HS_PART_MIX
#define NONE HS_ASIDE_NONE
    /* The plain way. */
    {"masters/01 Song.flac", MA, "Song", 0, NONE, "arc", 0, 1},
    {"mixes/song_mix_v7.wav", MI, "song", 7, NONE, "arc", 0, 0},
    {"Mixes/Song-Mix 3 (print).wav", MI, "Song", 3, NONE, "arc", 0, 0},
    {"Song MSTR.wav", MA, "Song", 0, NONE, "arc", 0, 0},
    {"Song_premaster_24b48k.wav", MI, "Song", 0, NONE, "arc", 0, 0},
    {"song.mix.V02.wav", MI, "song", 2, NONE, "arc", 0, 0},
    {"song mix rev 3.wav", MI, "song", 3, NONE, "arc", 0, 0},
    {"song mix (2).wav", MI, "song", 2, NONE, "arc", 0, 0},
    {"song bounce 2.wav", U, "song", 2, NONE, "arc", 0, 0},
    {"song (old mix).wav", MI, "song", 0, NONE, "arc", 0, 0},
    {"song [Previous Mix 2].wav", MI, "song", 2, NONE, "arc", 0, 0},
    {"song_mix_v3_old.wav", MI, "song", 3, NONE, "arc", 0, 0},
    {"song_NO_LIM_v4_44.1k_24bit.wav", MI, "song", 4, NONE, "arc", 0, 0},
    {"2-track/Song.aif", MI, "Song", 0, NONE, "arc", 0, 0},
    {"tape transfers/Song.aif", MI, "Song", 0, NONE, "arc", 0, 0},
    /* Producers & Engineers Wing: an approved mix is called Master. */
    {"AI_SongTitle_MI01_Master_48k24b.wav", MI, "Song Title", 1, NONE, "arc", 0, 0},
    {"AI_SongTitle_MI03_Inst_48k24b.wav", MI, "Song Title", 3, HS_ASIDE_INSTRUMENTAL, "arc", 0, 0},
    /* A film music archive. */
    {"mix/LH_BodyAndSoul_MASTER_48k_24b_2ch_LT_v04.wav", MI, "Body And Soul", 4, NONE, "arc", 0, 0},
    {"mix/LH_BodyAndSoul_STEM_keys_v04.wav", MI, "Body And Soul STEM keys", 4, NONE, "arc", 0, 0},
    /* Releases by folder. */
    {"2004 - First Album/CD2/03. Song Two.flac", U, "Song Two", 0, NONE, "First Album", 2, 3},
    {"First Album (2004) [EX-001]/masters/1-07 Song.wav", MA, "Song", 0, NONE, "First Album", 1, 7},
    {"First_Album/Mixes 4824/Song_v2.wav", MI, "Song", 2, NONE, "First Album", 0, 0},
    {"First Album/Final Masters/A1 Song.wav", MA, "Song", 0, NONE, "First Album", 0, 1},
    {"First Album/unmastered/Song.wav", MI, "Song", 0, NONE, "First Album", 0, 0},
    /* Versions of the recording. */
    {"mixes/Song (Instrumental) v3.wav", MI, "Song", 3, HS_ASIDE_INSTRUMENTAL, "arc", 0, 0},
    {"mixes/Song TV mix.wav", MI, "Song", 0, HS_ASIDE_TV, "arc", 0, 0},
    {"mixes/song_vox_up.wav", MI, "song", 0, HS_ASIDE_VOCAL_UP, "arc", 0, 0},
    {"mixes/song acapella.wav", MI, "song", 0, HS_ASIDE_A_CAPPELLA, "arc", 0, 0},
    {"mixes/song_rough_mix_2.wav", MI, "song", 2, HS_ASIDE_ROUGH, "arc", 0, 0},
    {"masters/Song (Radio Edit).wav", MA, "Song", 0, HS_ASIDE_RADIO_EDIT, "arc", 0, 0},
    {"masters/Song 5.1.wav", MA, "Song", 0, HS_ASIDE_SURROUND, "arc", 0, 0},
    {"stems/song/vox.wav", U, "vox", 0, HS_ASIDE_STEM, "song", 0, 0},
    {"Instrumentals/Song.wav", U, "Song", 0, HS_ASIDE_INSTRUMENTAL, "arc", 0, 0},
    {"masters/Song (Remastered 2011).flac", MA, "Song", 0, NONE, "arc", 0, 0},
    /* Words that are titles. */
    {"masters/Master of Puppets.flac", MA, "Master of Puppets", 0, NONE, "arc", 0, 0},
    {"masters/05 Final Countdown.flac", MA, "Final Countdown", 0, NONE, "arc", 0, 5},
    {"masters/Demo.flac", MA, "Demo", 0, NONE, "arc", 0, 0},
    {"masters/1999.flac", MA, "1999", 0, NONE, "arc", 0, 0},
    {"Growing Old mix 2.wav", MI, "Growing Old", 2, NONE, "arc", 0, 0},
    {"masters/Song (Old Friends).flac", MA, "Song (Old Friends)", 0, NONE, "arc", 0, 0},
    {"masters/Song 2.flac", MA, "Song 2", 0, NONE, "arc", 0, 0},
    {"masters/Part 2.flac", MA, "Part 2", 0, NONE, "arc", 0, 0},
    {"masters/99 Problems.flac", MA, "Problems", 0, NONE, "arc", 0, 99},
    {"masters/Caf\xc3\xa9.flac", MA, "Caf\xc3\xa9", 0, NONE, "arc", 0, 0},
    {"masters/Caf\xe9.flac", MA, "Caf\xc3\xa9", 0, NONE, "arc", 0, 0},
    {"masters/.wav", MA, "wav", 0, NONE, "arc", 0, 0},
    {"masters/---.wav", MA, "---", 0, NONE, "arc", 0, 0},
};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static void test_cases(void)
{
    struct hs_arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hs_name n;
        hs_name_read(&a, "arc", cases[i].path, &n);
        bool fits = n.part == cases[i].part && same(n.title, cases[i].title) &&
                    n.revision == cases[i].revision && n.aside == cases[i].aside &&
                    same(n.release, cases[i].release) && n.disc == cases[i].disc &&
                    n.track == cases[i].track;
        if (!CHECK(fits))
            fprintf(stderr,
                    "%s: part %d, title \"%s\", revision %d, aside %s, release %s, "
                    "disc %d, "
                    "track %d\n",
                    cases[i].path, n.part, n.title, n.revision,
                    n.aside ? hs_aside_name(n.aside) : "-", n.release ? n.release : "-", n.disc,
                    n.track);
        CHECK(n.key && n.key_full && n.key_aside && *n.title && *n.title_aside);
    }
    hs_arena_free(&a);
}

static void test_details(void)
{
    struct hs_arena a = {0};
    struct hs_name n, m;
    hs_name_read(&a, "arc", "First Album (2004) [EX-001]/01 S\xc3\xb6ng.wav", &n);
    CHECK(n.year == 2004);
    CHECK_TEXT(n.catalogue_number, "EX-001");
    CHECK_TEXT(n.key, "song");
    CHECK_TEXT(n.key_full, "01song");
    hs_name_read(&a, "arc", "mixes/So\xcc\x88ng_mix.L.wav", &m);
    CHECK_TEXT(m.key, n.key);
    CHECK(m.channel == 'L');
    hs_name_read(&a, "arc", "mixes/song_left.wav", &m);
    CHECK(m.channel == 'L');
    hs_name_read(&a, "arc", "mixes/song mix final.wav", &m);
    CHECK(m.final && m.revision == 0 && !m.flat && !m.older);
    hs_name_read(&a, "arc", "song (old mix).wav", &m);
    CHECK(m.older && !m.final);
    CHECK_TEXT(m.key, "song");
    hs_name_read(&a, "arc", "song bounce2.wav", &m);
    CHECK(m.revision == 2);
    hs_name_read(&a, "arc", "mixes/song nolim.wav", &m);
    CHECK(m.flat);
    hs_name_read(&a, "arc", "masters/Song (Radio Edit).wav", &m);
    CHECK_TEXT(m.title_aside, "Song (Radio Edit)");
    CHECK_TEXT(m.key_aside, "songradioedit");
    CHECK_TEXT(m.part_why, "folder masters");
    hs_name_read(&a, "masters", "song.wav", &m);
    CHECK(m.part == HS_PART_MASTER && m.release == NULL);
    CHECK(hs_name_is_audio("a/b.FLAC") && !hs_name_is_audio("a/b.txt"));
    CHECK(!hs_name_is_audio("a.wav/b") && !hs_name_is_audio(".wav"));
    hs_arena_free(&a);
}

/* What brackets of a folder say, and the date before or behind a title. */
static void test_releases(void)
{
    static const struct {
        const char *folder, *release, *version, *catalogue;
        int year, disc;
    } rows[] = {
        {"First Album (2015 Remaster)", "First Album", "2015 Remaster", NULL, 0, 0},
        {"First Album 2015 Remaster", "First Album", "2015 Remaster", NULL, 0, 0},
        {"First Album - Remastered 2015 [FLAC]", "First Album", "Remastered 2015", NULL, 0, 0},
        {"1998 - First_Album_2015_Deluxe_Edition", "First Album", "2015_Deluxe_Edition", NULL, 1998,
         0},
        {"1984 2014 remaster", "1984", "2014 remaster", NULL, 0, 0},
        {"Remaster 2014", "Remaster 2014", NULL, NULL, 0, 0},
        {"First Album 2015", "First Album 2015", NULL, NULL, 0, 0},
        {"First Album 2015 masters", "First Album 2015 masters", NULL, NULL, 0, 0},
        {"First Album 2015 Special Edition", "First Album", "2015 Special Edition", NULL, 0, 0},
        {"First Album Expanded 2015", "First Album", "Expanded 2015", NULL, 0, 0},
        {"Anniversary", "Anniversary", NULL, NULL, 0, 0},
        {"Music Box 1993", "Music Box 1993", NULL, NULL, 0, 0},
        {"A Christmas Special 2012", "A Christmas Special 2012", NULL, NULL, 0, 0},
        {"The Legacy 2019", "The Legacy 2019", NULL, NULL, 0, 0},
        {"Second Version 1998", "Second Version 1998", NULL, NULL, 0, 0},
        {"Music Box (Box Set)", "Music Box", "Box Set", NULL, 0, 0},
        {"First Album (Live 2003)", "First Album", "Live 2003", NULL, 0, 0},
        {"First Album (10th Anniversary Edition)", "First Album", "10th Anniversary Edition", NULL,
         0, 0},
        {"First Album (2CD)", "First Album", NULL, NULL, 0, 0},
        {"First Album (2xLP)", "First Album", NULL, NULL, 0, 0},
        {"First Album (Disc 2)", "First Album", NULL, NULL, 0, 2},
        {"First Album [24-96]", "First Album", NULL, NULL, 0, 0},
        {"First Album [FLAC 16-44]", "First Album", NULL, NULL, 0, 0},
        {"First Album [24bit 96kHz]", "First Album", NULL, NULL, 0, 0},
        {"First Album (MP3 320)", "First Album", NULL, NULL, 0, 0},
        {"First Album (2004) [EX-001]", "First Album", NULL, "EX-001", 2004, 0},
        {"First Album [CAD 3X10]", "First Album", NULL, "CAD 3X10", 0, 0},
        {"First Album (2CD) [2009 Deluxe Edition] {x}",
         "First Album (2CD) [2009 Deluxe Edition] {x}", NULL, NULL, 0, 0},
        {"First Album (2CD) [2009 Deluxe Edition]", "First Album", "2009 Deluxe Edition", NULL, 0,
         0},
        {"[EX-001] First Album", "First Album", NULL, "EX-001", 0, 0},
        {"(2004) First Album", "First Album", NULL, NULL, 2004, 0},
        {"First Album (Songs for You)", "First Album (Songs for You)", NULL, NULL, 0, 0},
        {"Greatest (Vol 12)", "Greatest (Vol 12)", NULL, NULL, 0, 0},
        {"20040503 First Album", "First Album", NULL, NULL, 2004, 0},
        {"2004-05-03 - First Album", "First Album", NULL, NULL, 2004, 0},
        {"2004 - First Album", "First Album", NULL, NULL, 2004, 0},
        {"1999", "1999", NULL, NULL, 0, 0},
    };
    struct hs_arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_name n;
        hs_name_read(&a, "arc", hs_arena_printf(&a, "x %s/01 Song.wav", rows[i].folder) + 2, &n);
        bool fits = same(n.release ? n.release : "1999", rows[i].release) &&
                    same(n.release_version, rows[i].version) &&
                    same(n.catalogue_number, rows[i].catalogue) && n.year == rows[i].year &&
                    n.disc == rows[i].disc;
        if (!CHECK(fits))
            fprintf(stderr,
                    "%s: release \"%s\", version %s, catalogue number %s, year %d, disc %d\n",
                    rows[i].folder, n.release ? n.release : "-",
                    n.release_version ? n.release_version : "-",
                    n.catalogue_number ? n.catalogue_number : "-", n.year, n.disc);
    }
    hs_arena_free(&a);
}

static void test_songs(void)
{
    static const struct {
        const char *name, *title, *key, *version;
    } rows[] = {
        {"Song (2015 Remaster).wav", "Song", "song", "2015 Remaster"},
        {"Song (Remastered 2011).wav", "Song", "song", "Remastered 2011"},
        {"Song [24-96].wav", "Song", "song", NULL},
        {"Song (Live 2003).wav", "Song (Live 2003)", "songlive2003", NULL},
        {"01 Song (Deluxe Edition).wav", "Song", "song", "Deluxe Edition"},
        {"20040503 Song mix.wav", "Song", "song", NULL},
        {"2004-05-03_song_mix_v2.wav", "song", "song", NULL},
        {"Song 20040503.wav", "Song", "song", NULL},
        {"Song 03.05.2004.wav", "Song", "song", NULL},
        {"Song 2004-05-03 mix 3, no lim.wav", "Song", "song", NULL},
        {"20041350 Song.wav", "20041350 Song", "20041350song", NULL},
        {"1999 2000.wav", "1999 2000", "19992000", NULL},
        {"Song (Part 2).wav", "Song (Part 2)", "songpart2", NULL},
        {"01 - Song #1 (100%).flac", "Song #1 (100%)", "song1100", NULL},
        {"Vitamin C++.wav", "Vitamin C++", "vitaminc", NULL},
        {"01 Where \"Is\" It?.wav", "Where \"Is\" It?", "whereisit", NULL},
        {"Rollin'_mix.wav", "Rollin'", "rollin", NULL},
        {"Song [48].wav", "Song [48]", "song48", NULL},
    };
    struct hs_arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_name n;
        hs_name_read(&a, "arc", rows[i].name, &n);
        if (!CHECK(same(n.title, rows[i].title) && same(n.key, rows[i].key) &&
                   same(n.version, rows[i].version)))
            fprintf(stderr, "%s: title \"%s\", key %s, version %s\n", rows[i].name, n.title, n.key,
                    n.version ? n.version : "-");
    }
    hs_arena_free(&a);
}

/* Any bytes are read without harm, and the same way twice. */
static void test_any(void)
{
    struct hs_arena a = {0};
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char path[64];
        size_t n = 1 + (size_t)(seed >> 16) % 62;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            path[i] = seed >> 28 ? "mixv1 ()_-./[]LR2\xc3\xa9stem"[(seed >> 16) % 24]
                                 : (char)(seed >> 16);
            path[i] = path[i] ? path[i] : 'x';
        }
        path[n] = '\0';
        struct hs_name x, y;
        hs_name_read(&a, "r", path, &x);
        hs_name_read(&a, "r", path, &y);
        if (!same(x.title, y.title) || !same(x.key, y.key) || x.part != y.part)
            CHECK(!"the same path reads the same");
    }
    CHECK(seed != 1);
    hs_arena_free(&a);
}

int main(void)
{
    test_cases();
    test_details();
    test_releases();
    test_songs();
    test_any();
    return check_done();
}
