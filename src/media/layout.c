/* SPDX-License-Identifier: Apache-2.0 */
/* Which loudspeaker each channel belongs to, as loudness (BS.1770) and the down-mix need it. */
#include "media/layout.h"

/* More channels than this are nothing that has an order of its own. */
enum { MOST_UNNAMED = 8 };

/* Places by the names of libavutil; what is not here is in the middle. */
static const enum hs_channel places[] = {
    [AV_CHAN_FRONT_LEFT] = HS_CH_LEFT,
    [AV_CHAN_FRONT_RIGHT] = HS_CH_RIGHT,
    [AV_CHAN_FRONT_CENTER] = HS_CH_CENTRE,
    [AV_CHAN_LOW_FREQUENCY] = HS_CH_LFE,
    [AV_CHAN_BACK_LEFT] = HS_CH_LEFT_OTHER,
    [AV_CHAN_BACK_RIGHT] = HS_CH_RIGHT_OTHER,
    [AV_CHAN_FRONT_LEFT_OF_CENTER] = HS_CH_LEFT_OTHER,
    [AV_CHAN_FRONT_RIGHT_OF_CENTER] = HS_CH_RIGHT_OTHER,
    [AV_CHAN_BACK_CENTER] = HS_CH_OTHER,
    [AV_CHAN_SIDE_LEFT] = HS_CH_LEFT_SURROUND,
    [AV_CHAN_SIDE_RIGHT] = HS_CH_RIGHT_SURROUND,
    [AV_CHAN_TOP_CENTER] = HS_CH_OTHER,
    [AV_CHAN_TOP_FRONT_LEFT] = HS_CH_LEFT_OTHER,
    [AV_CHAN_TOP_FRONT_CENTER] = HS_CH_OTHER,
    [AV_CHAN_TOP_FRONT_RIGHT] = HS_CH_RIGHT_OTHER,
    [AV_CHAN_TOP_BACK_LEFT] = HS_CH_LEFT_OTHER,
    [AV_CHAN_TOP_BACK_CENTER] = HS_CH_OTHER,
    [AV_CHAN_TOP_BACK_RIGHT] = HS_CH_RIGHT_OTHER,
    [AV_CHAN_STEREO_LEFT] = HS_CH_LEFT,
    [AV_CHAN_STEREO_RIGHT] = HS_CH_RIGHT,
    [AV_CHAN_WIDE_LEFT] = HS_CH_LEFT_SURROUND, /* 60 degrees */
    [AV_CHAN_WIDE_RIGHT] = HS_CH_RIGHT_SURROUND,
    [AV_CHAN_SURROUND_DIRECT_LEFT] = HS_CH_LEFT_SURROUND,
    [AV_CHAN_SURROUND_DIRECT_RIGHT] = HS_CH_RIGHT_SURROUND,
    [AV_CHAN_LOW_FREQUENCY_2] = HS_CH_LFE,
    [AV_CHAN_TOP_SIDE_LEFT] = HS_CH_LEFT_OTHER,
    [AV_CHAN_TOP_SIDE_RIGHT] = HS_CH_RIGHT_OTHER,
    [AV_CHAN_BOTTOM_FRONT_CENTER] = HS_CH_OTHER,
    [AV_CHAN_BOTTOM_FRONT_LEFT] = HS_CH_LEFT_OTHER,
    [AV_CHAN_BOTTOM_FRONT_RIGHT] = HS_CH_RIGHT_OTHER,
};
enum { N_PLACES = sizeof places / sizeof *places };

/* Names that stand elsewhere in some layouts: the rear pair stands at the sides where there is
 * no other (5.1 as WAVE files name it); in 22.2 (BS.2051 system H) the front pair stands at 60
 * degrees and the one beside the centre at 30. */
static enum hs_channel place(enum AVChannel c, bool has_side, bool is_22_2)
{
    bool back = c == AV_CHAN_BACK_LEFT || c == AV_CHAN_BACK_RIGHT;
    bool front = c == AV_CHAN_FRONT_LEFT || c == AV_CHAN_FRONT_RIGHT;
    bool inner = c == AV_CHAN_FRONT_LEFT_OF_CENTER || c == AV_CHAN_FRONT_RIGHT_OF_CENTER;
    bool left =
        c == AV_CHAN_BACK_LEFT || c == AV_CHAN_FRONT_LEFT || c == AV_CHAN_FRONT_LEFT_OF_CENTER;
    if ((back && !has_side) || (front && is_22_2))
        return left ? HS_CH_LEFT_SURROUND : HS_CH_RIGHT_SURROUND;
    if (inner && is_22_2)
        return left ? HS_CH_LEFT : HS_CH_RIGHT;
    return (int)c >= 0 && (int)c < N_PLACES ? places[c] : HS_CH_OTHER;
}

/* Where the file does not name its channels the order of WAVE files is taken: three are the
 * front, four are quad (where libavutil has 2.1 and 4.0). */
static void unnamed_layout(AVChannelLayout *out, int n)
{
    static const AVChannelLayout front = AV_CHANNEL_LAYOUT_SURROUND, quad = AV_CHANNEL_LAYOUT_QUAD;
    if (n == 3 || n == 4)
        *out = n == 3 ? front : quad;
    else
        av_channel_layout_default(out, n);
}

static bool has(const AVChannelLayout *l, enum AVChannel c)
{
    return av_channel_layout_index_from_channel(l, c) >= 0;
}

/* Also tells layouts that cannot be read: sound fields, and many channels without names. */
enum hs_layout hs_layout_roles(const AVChannelLayout *given, enum hs_channel out[HS_MAX_CHANNELS])
{
    AVChannelLayout unnamed = {0};
    bool named = given->order != AV_CHANNEL_ORDER_UNSPEC;
    enum hs_layout kind = HS_LAYOUT_SPEAKERS;
    if (!named && given->nb_channels > MOST_UNNAMED)
        return HS_LAYOUT_UNNAMED;
    if (!named)
        unnamed_layout(&unnamed, given->nb_channels);
    const AVChannelLayout *l = named ? given : &unnamed;
    bool has_side = has(l, AV_CHAN_SIDE_LEFT);
    bool is_22_2 = has(l, AV_CHAN_FRONT_LEFT_OF_CENTER) && has(l, AV_CHAN_BOTTOM_FRONT_LEFT);
    for (int i = 0; i < l->nb_channels && i < HS_MAX_CHANNELS; i++) {
        enum AVChannel c = av_channel_layout_channel_from_index(l, (unsigned)i);
        out[i] = place(c, has_side, is_22_2);
        if ((int)c >= AV_CHAN_AMBISONIC_BASE && (int)c <= AV_CHAN_AMBISONIC_END)
            kind = HS_LAYOUT_FIELD;
        else if (((int)c < 0 || (int)c >= N_PLACES) && l->nb_channels > MOST_UNNAMED)
            kind = HS_LAYOUT_UNNAMED;
    }
    av_channel_layout_uninit(&unnamed);
    return kind;
}
