/* SPDX-License-Identifier: Apache-2.0 */
#include "init/write_json.h"

#include "report/json.h"

static void put_path(struct hs_json *j, struct hs_archive *in, const char *key, const char *path)
{
    hs_json_text(j, key, hs_archive_relative(in, path));
}

void hs_init_put_json(struct hs_archive *in, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "audio", in->base);
    hs_json_array(&j, "tracks");
    for (size_t i = 0; i < in->n_guesses; i++) {
        const struct hs_guess *g = &in->guesses[i];
        hs_json_object(&j, NULL);
        hs_json_text(&j, "release", hs_archive_release(g->master));
        hs_json_text(&j, "title", g->master->title ? g->master->title : g->master->name.title);
        put_path(&j, in, "master", g->master->path);
        hs_json_text(&j, "master_why", g->master->name.part_why);
        hs_json_array(&j, "mixes");
        for (size_t k = 0; k < g->n_mixes; k++)
            put_path(&j, in, NULL, g->mixes[k]->path);
        hs_json_array_end(&j);
        hs_json_number(&j, "confidence", g->confidence);
        hs_json_text(&j, "why", g->why);
        hs_json_bool(&j, "ambiguous", g->ambiguous);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_array(&j, "left_out");
    for (size_t i = 0; i < in->n_takes; i++) {
        if (!hs_archive_left_out(&in->takes[i]))
            continue;
        hs_json_object(&j, NULL);
        put_path(&j, in, "path", in->takes[i].path);
        hs_json_text(&j, "why", hs_archive_left_out(&in->takes[i]));
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}
