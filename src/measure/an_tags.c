/* SPDX-License-Identifier: Apache-2.0 */
/* What the tags of a file say that a verdict may use: references of one genre or one time are
 * compared together, and those of one artist count for fewer. For the tracks themselves the job
 * file counts. */
#include "measure/analyser.h"

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)state, (void)n_frames;
    if (stream->tag_year)
        hs_values_number(values, "tag_year", stream->tag_year);
    else
        hs_values_absent(values, "tag_year", "no tag says so");
    if (stream->tag_genre)
        hs_values_text(values, "tag_genre", stream->tag_genre);
    else
        hs_values_absent(values, "tag_genre", "no tag says so");
    if (stream->tag_artist)
        hs_values_text(values, "tag_artist", stream->tag_artist);
    else
        hs_values_absent(values, "tag_artist", "no tag says so");
}

static const struct hs_measure measures[] = {
    {"tag_year", "", HS_NUMBER, 0, 0, HS_IN_STORE, "year of the tags",
     "Year of release by the tags of the file; used of references only.", ""},
    {"tag_genre", "", HS_TEXT, 0, 0, HS_IN_STORE, "genre of the tags",
     "Genre by the tags of the file; used of references only.", ""},
    {"tag_artist", "", HS_TEXT, 0, 0, HS_IN_STORE, "artist of the tags",
     "Artist by the tags of the file; used of references only.", ""},
};

const struct hs_analyser hs_analyser_tags = {
    .name = "tags",
    .version = 2,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
