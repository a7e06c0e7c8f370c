/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of corrections of a listed track as YAML, for people's scripts and as a
 * record of what was meant. Text stands in double quotes with JSON's escapes, which
 * YAML shares.
 */
#include "report/plan_yaml.h"

#include "catalogue/advice.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"

#include <math.h>

/* Invalid UTF-8 becomes U+FFFD before quoting, so that the file is always valid YAML. */
static void put_quoted(struct hs_buf *b, const char *s)
{
    struct hs_buf clean = {0};
    hs_utf8_put(&clean, s);
    hs_buf_putc(b, '"');
    for (size_t i = 0; i < clean.len; i++) {
        unsigned char c = (unsigned char)clean.data[i];
        if (c == '"' || c == '\\')
            hs_buf_printf(b, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            hs_buf_printf(b, "\\u%04x", c);
        else
            hs_buf_putc(b, (char)c);
    }
    hs_buf_putc(b, '"');
    hs_buf_free(&clean);
}

static void put_text(struct hs_buf *b, const char *key, const char *s)
{
    hs_buf_printf(b, "%s: ", key);
    if (s)
        put_quoted(b, s);
    else
        hs_buf_puts(b, "null");
    hs_buf_putc(b, '\n');
}

static void put_number(struct hs_buf *b, const char *key, double x)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(b, "%s: %s\n", key, hs_num_text(text, x));
}

static void put_times(struct hs_buf *b, const struct hs_finding *f)
{
    char from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    hs_buf_puts(b, "    listen: [");
    for (size_t i = 0; i < f->n_times; i++)
        hs_buf_printf(b, "%s[%s, %s]", i ? ", " : "", hs_num_fixed(from, f->times[i].from_s, 1),
                      hs_num_fixed(to, f->times[i].to_s, 1));
    hs_buf_puts(b, "]\n");
}

/* One correction: what to do, and value now, planned, at the most, and the tolerance within which
 * `verify` takes it as done. */
static void put_step(struct hs_buf *b, const struct hs_finding *f, const struct hs_plan_step *s)
{
    const struct hs_correction *c = &f->correction;
    hs_buf_printf(b, "  - rule: %s\n", f->rule);
    put_text(b, "    where", hs_place_name(s->where));
    put_text(b, "    move", hs_move_name(c->move));
    put_text(b, "    channel", hs_move_channel_name(c->channel));
    put_number(b, "    hz", c->hz);
    put_number(b, "    db", c->db);
    put_number(b, "    db_most", c->db_most);
    put_number(b, "    q", c->q);
    put_text(b, "    unit", f->unit);
    put_number(b, "    now", s->now);
    put_number(b, "    planned", s->planned);
    put_number(b, "    planned_most", s->planned_most);
    put_number(b, "    tolerance", s->tolerance);
    put_text(b, "    words", c->words);
    put_times(b, f);
}

static void put_list(struct hs_buf *b, const char *key, const char *const *list, size_t n)
{
    hs_buf_printf(b, "%s:%s\n", key, n ? "" : " []");
    for (size_t i = 0; i < n; i++) {
        hs_buf_puts(b, "  - ");
        put_quoted(b, list[i]);
        hs_buf_putc(b, '\n');
    }
}

/* Path and xxh3 hash: `verify` tells by the hash whether the plan was made for this file. */
static void put_file(struct hs_buf *b, const char *key, const struct hs_file *f)
{
    if (f->state == HS_FILE_NONE || !f->source)
        return;
    hs_buf_printf(b, "%s:\n", key);
    put_text(b, "  path", f->source->shown ? f->source->shown : f->source->path);
    hs_buf_printf(b, "  xxh3: \"%016llx%016llx\"\n", (unsigned long long)f->hash[1],
                  (unsigned long long)f->hash[0]);
}

/* A track that was updated keeps the text of its first plan, because the update is verified against
 * that. */
void hs_plan_yaml(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                  struct hs_buf *out)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    struct hs_arena scratch = {0};
    struct hs_advice advice;
    /* a plan stays as it was first given: an update is verified against that */
    if (t->first_plan) {
        hs_buf_puts(out, t->first_plan->text);
        return;
    }
    hs_buf_puts(out, "hindsight_plan: 1\n");
    put_text(out, "track", t->track->id);
    put_text(out, "title", t->track->title);
    put_text(out, "release", audit->job->releases[t->track->release].title);
    put_text(out, "action", hs_action_name(row->action));
    put_number(out, "rank", row->rank);
    put_number(out, "hours", row->hours);
    put_text(out, "why", row->why);
    put_file(out, "master", &t->master);
    put_file(out, "mix", &t->mix);
    hs_buf_printf(out, "corrections:%s\n", row->n_plan ? "" : " []");
    for (size_t i = 0; i < row->n_plan; i++)
        put_step(out, &t->findings[row->plan[i].finding], &row->plan[i]);
    hs_advice_make(audit, row, &scratch, &advice);
    put_list(out, "leave_alone", advice.leave_alone, advice.n_leave_alone);
    put_list(out, "questions", advice.questions, advice.n_questions);
    hs_arena_free(&scratch);
}
