/* SPDX-License-Identifier: Apache-2.0 */
/* Cue sheets as rippers, burners and hands have written them. */
#include "check.h"
#include "job/cue.h"

static struct hs_arena arena;
static struct hs_cue cue;

static bool parse(const char *text)
{
    return hs_cue_parse(text, strlen(text), &arena, &cue, NULL) == HS_OK;
}

static void test_album(void)
{
    CHECK(parse("REM GENRE \"Hard Rock\"\r\nREM DATE 2004\r\nCATALOG 4006381333931\r\n"
                "PERFORMER \"A \\ B\"\r\nTITLE \"First\"\r\nFILE \"C:\\rips\\First.wav\" WAVE\r\n"
                "  TRACK 01 AUDIO\r\n    TITLE \"One\"\r\n    PERFORMER \"Guest\"\r\n"
                "    ISRC AUXX10400001\r\n    FLAGS DCP PRE\r\n    INDEX 00 00:00:00\r\n"
                "    INDEX 01 00:00:33\r\n  TRACK 02 AUDIO\r\n    TITLE Two words\r\n"
                "    INDEX 00 03:10:00\r\n    INDEX 01 03:12:74\r\n    INDEX 02 04:00:00\r\n"));
    CHECK(cue.n_tracks == 2 && cue.year == 2004);
    CHECK_TEXT(cue.genre, "Hard Rock");
    CHECK_TEXT(cue.barcode, "4006381333931");
    CHECK_TEXT(cue.performer, "A \\ B");
    const struct hs_cue_track *t = cue.tracks;
    CHECK_TEXT(t[0].title, "One");
    CHECK_TEXT(t[0].performer, "Guest");
    CHECK_TEXT(t[0].isrc, "AUXX10400001");
    CHECK(t[0].emphasised && !t[1].emphasised);
    CHECK(t[0].from_75 == 33 && t[0].to_75 == (3 * 60 + 12) * 75 + 74);
    CHECK(t[1].from_75 == t[0].to_75 && t[1].to_75 == 0); /* INDEX 02 is within the track */
    CHECK_TEXT(t[1].title, "Two words");
    CHECK(hs_cue_find(&cue, 2) == &t[1] && !hs_cue_find(&cue, 3));
    CHECK(hs_cue_names(t, "/music/first.FLAC") && hs_cue_names(t, "First.wav"));
    CHECK(!hs_cue_names(t, "/First/other.flac"));
    CHECK_TEXT(hs_cue_shown(&arena, "First.flac", 2), "First.flac, track 2");
}

/* A file for each track; gaps that lie at the end of the file before (EAC, not compliant). */
static void test_files(void)
{
    CHECK(parse("FILE one.wav WAVE\n TRACK 01 AUDIO\n  INDEX 01 00:00:00\n"
                " TRACK 02 AUDIO\n  INDEX 00 04:00:00\nFILE \"two words.wav\" WAVE\n"
                "  INDEX 01 00:00:00\nFILE last one.wav WAVE\n TRACK 03 AUDIO\n"
                "  INDEX 01 00:00:00\n"));
    CHECK(cue.n_tracks == 3);
    CHECK_TEXT(cue.tracks[0].file, "one.wav");
    CHECK_TEXT(cue.tracks[1].file, "two words.wav");
    CHECK_TEXT(cue.tracks[2].file, "last one.wav");
    for (size_t i = 0; i < 3; i++)
        CHECK(cue.tracks[i].from_75 == 0 && cue.tracks[i].to_75 == 0);
}

/* A byte order mark; Latin-1; old Macs' line ends; words in small letters; UTF-8. */
static void test_letters(void)
{
    CHECK(parse("\xef\xbb\xbf"
                "file \"x.wav\" wave\rtrack 1 audio\rtitle \"Caf\xe9\"\rindex 1 0:1:2\r"));
    CHECK(cue.n_tracks == 1 && cue.tracks[0].from_75 == 77);
    CHECK_TEXT(cue.tracks[0].title, "Café");
    CHECK(parse("FILE \"Café.wav\" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n"));
    CHECK(hs_cue_names(cue.tracks, "Cafe\xcc\x81.flac")); /* decomposed */
}

/* Data tracks, tracks that never begin, times that are none. */
static void test_odd(void)
{
    CHECK(parse("FILE a.bin BINARY\nTRACK 01 MODE1/2352\nTITLE Data\nINDEX 01 00:00:00\n"
                "TRACK 02 AUDIO\nTITLE Song\nINDEX 01 10:00:00\nTRACK 03 AUDIO\nTITLE Never\n"
                "TRACK 04 AUDIO\nINDEX 01 00:61:00\nTRACK 05 AUDIO\nINDEX 01 20:00:00\n"));
    CHECK(cue.n_tracks == 2 && cue.tracks[0].number == 2 && cue.tracks[1].number == 5);
    CHECK_TEXT(cue.tracks[0].title, "Song");
    CHECK(!cue.title); /* that of the data track is not the album's */
    CHECK(cue.tracks[0].to_75 == cue.tracks[1].from_75);
    static const char *const none[] = {
        "",
        "\n\n",
        "TRACK 01 AUDIO\nINDEX 01 00:00:00\n", /* of no file */
        "FILE a WAVE\nTRACK 00 AUDIO\nINDEX 01 00:00:00\n",
        "FILE \"a\nTRACK 100 AUDIO\nINDEX 01",
        "FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 99999999999999999999:00:00\n",
        "RIFF\x01\x02"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(!parse(none[i]) && !cue.n_tracks);
    CHECK(hs_cue_load("/nonexistent.cue", &arena, &cue, NULL) == HS_E_MISSING);
}

int main(void)
{
    test_album();
    test_files();
    test_letters();
    test_odd();
    hs_arena_free(&arena);
    return check_done();
}
