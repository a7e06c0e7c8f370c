/* SPDX-License-Identifier: Apache-2.0 */
/* SIGINT and SIGTERM are counted, not obeyed: whoever works or waits looks at the counter. A closed
 * pipe and a file that grew too large come back as errors of the call. */
#include "pool/signals.h"

#include <stddef.h>

static volatile sig_atomic_t asked;

/* One in the low four bits for each signal, and 16 for each SIGTERM. */
static void on_signal(int number)
{
    asked += number == SIGTERM ? 17 : 1;
}

const volatile sig_atomic_t *hs_signals_watch(void)
{
    struct sigaction a = {.sa_handler = on_signal};
    sigemptyset(&a.sa_mask);
    sigaction(SIGINT, &a, NULL);
    sigaction(SIGTERM, &a, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return &asked;
}
