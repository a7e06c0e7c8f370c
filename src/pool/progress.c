/* SPDX-License-Identifier: Apache-2.0 */
/* A line with what is done, how fast and how long it will take: on a terminal ten times a second in
 * place, in a log every 30 s. */
#include "pool/progress.h"

#include <unistd.h>

static double seconds_between(const struct timespec *a, const struct timespec *b)
{
    return (double)(b->tv_sec - a->tv_sec) + 1e-9 * (double)(b->tv_nsec - a->tv_nsec);
}

void hs_progress_start(struct hs_progress *p, const struct hs_log *log, const char *what)
{
    *p = (struct hs_progress){.log = log, .what = what};
    p->terminal = log->level >= HS_LOG_NORMAL && isatty(fileno(log->out));
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    p->last = p->start;
}

/* By the weights that are done; nothing while the cost of later stages is not known. */
static void left_text(const struct hs_progress *p, double elapsed_s, char *out, size_t size)
{
    double whole = p->total_weight * (1 + p->later), done = p->done_weight + p->under_way;
    if (p->done_weight <= 0 || !(done < whole)) {
        out[0] = '\0';
        return;
    }
    double left = elapsed_s * (whole - done) / done;
    snprintf(out, size, ", %d:%02d:%02d left", (int)(left / 3600), (int)(left / 60) % 60,
             (int)left % 60);
}

void hs_progress_done(struct hs_progress *p, double weight, double took_s)
{
    p->n_done++;
    p->done_weight += weight;
    p->busy_s += took_s;
}

double hs_progress_under_way(const struct hs_progress *p, double weight, double for_s)
{
    double pace = p->busy_s > 0 ? p->done_weight / p->busy_s : 0;
    return pace * for_s < weight ? pace * for_s : weight;
}

void hs_progress_draw(struct hs_progress *p)
{
    struct timespec now;
    char left[48], audio[64] = "";
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (p->log->level < HS_LOG_NORMAL || seconds_between(&p->last, &now) < (p->terminal ? 0.1 : 30))
        return;
    p->last = now;
    double elapsed_s = seconds_between(&p->start, &now);
    left_text(p, elapsed_s, left, sizeof left);
    if (p->audio_s > 0) /* some kinds of work count none */
        snprintf(audio, sizeof audio, ", %.2f h of audio, %.0f x realtime", p->audio_s / 3600,
                 p->audio_s / elapsed_s);
    fprintf(p->log->out, "%s%s %zu of %zu%s%s%s", p->terminal ? "\r\033[K" : "", p->what, p->n_done,
            p->n, audio, left, p->terminal ? "" : "\n");
    fflush(p->log->out);
}

void hs_progress_end(struct hs_progress *p)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (p->terminal)
        fputs("\r\033[K", p->log->out);
    double elapsed_s = seconds_between(&p->start, &now);
    if (p->audio_s > 0)
        hs_log_detail(p->log, "%s: %zu files, %.2f h of audio in %.1f s (%.0f x realtime)", p->what,
                      p->n_done, p->audio_s / 3600, elapsed_s, p->audio_s / elapsed_s);
}
