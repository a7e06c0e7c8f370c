/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that stand only where something was found. */
#include "pair/result_faults.h"

#include "core/num.h"

/* Where, how many of them, and how high. */
static void put_clicks(const struct hs_clicks *c, struct hs_values *v)
{
    if (!c->n)
        return;
    hs_values_array(v, "clicks", c->at_s, c->n < HS_CLICKS_MOST ? c->n : HS_CLICKS_MOST);
    hs_values_number(v, "clicks_n", (double)c->n);
    hs_values_number(v, "clicks_db", hs_db_from_power((double)c->peak));
}

void hs_result_faults(const struct hs_found *f, struct hs_values *v)
{
    put_clicks(&f->pass->clicks, v);
}
