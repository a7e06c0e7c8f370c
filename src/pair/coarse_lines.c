/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The score of a line is the mean over all pieces of the correlation of the peaks within 50 ms of
 * it. Of lines nearer than a quarter of a second in the middle the best is kept.
 */
#include "pair/coarse_lines.h"

#include "core/alloc.h"

#include <math.h>

/* A point within this of a line lies on it. */
static const double on_line_s = 0.05;

/* Sum of the correlations of the pieces that lie on the line. */
static double support(const struct hs_coarse *c, struct hs_time_map line, size_t *n_on)
{
    double sum = 0;
    *n_on = 0;
    for (size_t i = 0; i < c->n_pieces; i++) {
        const struct hs_piece *p = &c->pieces[i];
        for (size_t k = 0; k < p->n_peaks; k++)
            if (fabs(p->mix_s[k] - hs_time_map_at(line, p->master_s)) < on_line_s) {
                sum += p->score[k];
                ++*n_on;
                break;
            }
    }
    return sum;
}

/* Kept by how many pieces lie on it. */
static void add_line(struct hs_coarse *c, struct hs_time_map line, double middle_s)
{
    size_t n_on, i;
    double score = support(c, line, &n_on) / (double)c->n_pieces;
    double share = (double)n_on / (double)c->n_pieces;
    for (i = 0; i < c->n_lines; i++)
        if (fabs(hs_time_map_at(c->line[i], middle_s) - hs_time_map_at(line, middle_s)) < 0.25) {
            if (c->score[i] < score)
                c->line[i] = line, c->score[i] = score, c->share[i] = share;
            break;
        }
    if (i == c->n_lines) {
        if (c->n_lines < HS_COARSE_LINES)
            c->n_lines++;
        else if (c->score[--i] >= score)
            return;
        c->line[i] = line, c->score[i] = score, c->share[i] = share;
    }
    for (; i > 0 && c->score[i - 1] < c->score[i]; i--) {
        struct hs_time_map l = c->line[i - 1];
        double v = c->score[i - 1], w = c->share[i - 1];
        c->line[i - 1] = c->line[i], c->score[i - 1] = c->score[i];
        c->share[i - 1] = c->share[i];
        c->line[i] = l, c->score[i] = v, c->share[i] = w;
    }
}

/* A line through every peak at the speed that is tried, and through every two. */
void hs_coarse_lay_lines(struct hs_coarse *c, double speed, double step)
{
    double middle = c->n_pieces ? c->pieces[c->n_pieces / 2].master_s : 0;
    c->n_lines = 0;
    for (size_t i = 0; i < c->n_pieces; i++)
        for (size_t a = 0; a < c->pieces[i].n_peaks; a++) {
            double t = c->pieces[i].master_s, x = c->pieces[i].mix_s[a];
            add_line(c, (struct hs_time_map){x - speed * t, speed}, middle);
            for (size_t j = i + 2; j < c->n_pieces; j++)
                for (size_t b = 0; b < c->pieces[j].n_peaks; b++) {
                    double u = c->pieces[j].master_s, y = c->pieces[j].mix_s[b];
                    double ratio = (y - x) / (u - t);
                    if (fabs(ratio / speed - 1) < step)
                        add_line(c, (struct hs_time_map){x - ratio * t, ratio}, middle);
                }
        }
}

/* Through all points that lie on the line. */
static void polish(struct hs_coarse *c, struct hs_time_map *line)
{
    double *t = HS_NEW_ARRAY(double, c->n_pieces + 1);
    double *x = HS_NEW_ARRAY(double, c->n_pieces + 1);
    bool *used = HS_NEW_ARRAY(bool, c->n_pieces + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->n_pieces; i++)
        for (size_t k = 0; k < c->pieces[i].n_peaks; k++) {
            const struct hs_piece *p = &c->pieces[i];
            if (fabs(p->mix_s[k] - hs_time_map_at(*line, p->master_s)) >= on_line_s)
                continue;
            t[n] = p->master_s, x[n] = p->mix_s[k] - line->ratio * p->master_s;
            n++;
            break;
        }
    /* least squares through the peaks on it */
    if (n >= 4) {
        struct hs_fit fit = hs_fit_time_map(t, x, n, 0.005, used);
        line->delay_s = fit.offset;
        line->ratio += fit.slope;
    }
    hs_free(t);
    hs_free(x);
    hs_free(used);
}

void hs_coarse_polish(struct hs_coarse *c)
{
    for (size_t i = 0; i < c->n_lines; i++)
        polish(c, &c->line[i]);
}
