/* SPDX-License-Identifier: Apache-2.0 */
/* A side is decoded from its start to its end; what is longer than is kept, or is damaged, is not.
 */
#include "stems/keep.h"

#include "media/reader.h"

/* All of a file, as the reader gives it. */
static void read_all(const struct hs_source *source, size_t most_bytes, struct hs_kept *kept)
{
    enum { CHUNK = 8192 };
    struct hs_reader *r = NULL;
    struct hs_reader_account account;
    const float *const *x;
    size_t n = 0;
    bool open = hs_reader_open(&r, source, NULL) == HS_OK;
    /* of samples that are not compressed nothing is kept: to read them again costs less */
    if (open && !hs_reader_stream(r)->plain &&
        hs_kept_start(kept, hs_reader_stream(r), most_bytes)) {
        enum hs_status status;
        while ((status = hs_reader_read(r, CHUNK, &x, &n, NULL)) == HS_OK && n && kept->most_bytes)
            hs_kept_add(kept, x, n);
        hs_reader_account(r, &account);
        hs_kept_end(kept, status == HS_OK && !account.n_invalid && !(account.lost_s > 0));
    }
    hs_reader_close(r);
}

void hs_stem_keep(struct hs_stem_keeping *k, const struct hs_stems_order *order)
{
    *k = (struct hs_stem_keeping){.order = *order};
    for (int s = 0; s < HS_STEM_SIDES; s++) {
        if (!order->side[s] || !order->keep_bytes || order->side[s]->source->kept)
            continue;
        k->file[s] = *order->side[s];
        k->source[s] = *order->side[s]->source;
        k->file[s].source = &k->source[s];
        k->order.side[s] = &k->file[s];
        read_all(order->side[s]->source, order->keep_bytes, &k->kept[s]);
        k->source[s].kept = k->kept[s].whole ? &k->kept[s] : NULL;
    }
}

void hs_stem_keeping_free(struct hs_stem_keeping *k)
{
    for (int s = 0; s < HS_STEM_SIDES; s++)
        hs_kept_free(&k->kept[s]);
}
