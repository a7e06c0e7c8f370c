/* SPDX-License-Identifier: Apache-2.0 */
/* Tails and ducking from made-up ticks: a hit every half second that dies away. */
#include "check.h"
#include "core/buf.h"
#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/tails.h"

#include <math.h>
#include <stdlib.h>

enum { N = 3000, EVERY = 50 };

struct made {
    struct hs_pass_tick tick[N];
    float reduction[N];
    struct hs_pass pass;
    struct hs_reduction dynamics;
};

/* Power of the mix i ticks behind its hit: 40 dB in half a second. */
static double dry(int i)
{
    return pow(10, -0.08 * (i % EVERY));
}

/* `held` dB of reduction in the first 100 ms; `wet`: power of what was added, constant
 * between hits; `cut` dB taken from everything but the first 100 ms. */
static void make(struct made *m, double held, double wet, double cut)
{
    for (int i = 0; i < N; i++) {
        double x = dry(i), gain = pow(10, -(i % EVERY < 10 ? held : cut) / 20);
        m->tick[i] = (struct hs_pass_tick){.xx = (float)x,
                                           .xy = (float)(gain * x),
                                           .yy = (float)(gain * gain * x + wet),
                                           .rr = (float)wet,
                                           .frames = 1};
        m->reduction[i] = i % EVERY < 10 ? (float)held : 0;
    }
    m->pass = (struct hs_pass){.tick = m->tick, .n_ticks = N};
    m->dynamics = (struct hs_reduction){.db = m->reduction, .n = N, .least_db = -60};
}

static void tails(struct made *m)
{
    double error;
    make(m, 0, 0, 0);
    CHECK_NEAR(hs_tails_change(&m->pass, &m->dynamics, NULL, false, &error), 0, 1e-6);
    make(m, 6, 0, 0); /* a limiter that lets go: not wetter */
    CHECK_NEAR(hs_tails_change(&m->pass, &m->dynamics, NULL, false, &error), 0, 1e-6);
    double before = 0;
    for (double db = -40; db <= -10; db += 10) { /* more and more of it */
        make(m, 0, hs_power_from_db(db), 0);
        double now = hs_tails_change(&m->pass, &m->dynamics, NULL, false, &error);
        CHECK(now > before + 0.01 && error < 0.05);
        before = now;
    }
    make(m, 0, 0.01, 0); /* a hum is none */
    CHECK_NEAR(hs_tails_change(&m->pass, &m->dynamics, NULL, true, &error), 0, 0.02);
    static double slow[N]; /* nor is a ride of 6 dB in 10 s */
    for (int i = 0; i < N; i++) {
        slow[i] = 3 * sin(2 * HS_PI * i / 1000);
        m->tick[i] = (struct hs_pass_tick){
            .xx = (float)dry(i), .yy = (float)(dry(i) * hs_power_from_db(slow[i])), .frames = 1};
    }
    CHECK_NEAR(hs_tails_change(&m->pass, &m->dynamics, slow, false, &error), 0, 0.02);
    make(m, 0, 0, 4); /* a gate, which also takes some of what is nearly an attack */
    CHECK_NEAR(hs_tails_change(&m->pass, &m->dynamics, NULL, false, &error), -3.5, 0.5);
    for (int i = 0; i < N; i++)
        m->tick[i].xx = m->tick[i].xy = m->tick[i].yy = 1; /* an organ: nothing dies away */
    CHECK(isnan(hs_tails_change(&m->pass, &m->dynamics, NULL, false, &error)));
}

/* The low band of the mix hits where the ticks do; 20 ms frames. */
static void fingerprint(struct hs_buf *text, int every)
{
    for (int i = 0; i < N / 2; i++)
        for (int b = 0; b < HS_FINGERPRINT_BANDS; b++)
            hs_buf_putc(text, i % every == 0 && b == 0 ? 'k' : 'P');
}

static void ducking(struct made *m)
{
    struct hs_buf text = {0}, rare = {0};
    const struct hs_time_map line = {0, 1}, late = {1.5, 1};
    fingerprint(&text, EVERY / 2);
    fingerprint(&rare, N / 20);
    make(m, 6, 0, 0);
    CHECK_NEAR(hs_ducking(&m->pass, &m->dynamics, text.data, line), 6, 0.01);
    CHECK_NEAR(hs_ducking(&m->pass, &m->dynamics, text.data, late), 6, 0.01); /* three hits on */
    CHECK(isnan(hs_ducking(&m->pass, &m->dynamics, rare.data, line)));
    for (int i = 0; i < N; i++)
        m->reduction[i] = 6; /* always down: no pumping */
    CHECK_NEAR(hs_ducking(&m->pass, &m->dynamics, text.data, line), 0, 1e-6);
    for (int i = 0; i < N; i++)
        m->reduction[i] = i % EVERY < 10 ? 0 : 6; /* up at the hits */
    CHECK_NEAR(hs_ducking(&m->pass, &m->dynamics, text.data, line), 0, 1e-6);
    hs_buf_free(&text);
    hs_buf_free(&rare);
}

int main(void)
{
    struct made *m = calloc(1, sizeof *m);
    tails(m);
    ducking(m);
    free(m);
    return check_done();
}
