/* All route tables, one line a file. */
#include "web/route.h"

extern const Route account_routes[];
extern const Route appeal_api_routes[];
extern const Route appeal_routes[];
extern const Route asset_routes[];
extern const Route book_routes[];
extern const Route card_act_routes[];
extern const Route card_code_routes[];
extern const Route card_name_routes[];
extern const Route card_optional_routes[];
extern const Route card_page_api_routes[];
extern const Route card_phone_routes[];
extern const Route card_photo_routes[];
extern const Route card_renew_routes[];
extern const Route card_routes[];
extern const Route card_share_routes[];
extern const Route card_wish_routes[];
extern const Route cash_routes[];
extern const Route check_api_routes[];
extern const Route check_routes[];
extern const Route claim_routes[];
extern const Route correction_routes[];
extern const Route denial_api_routes[];
extern const Route denial_routes[];
extern const Route desk_routes[];
extern const Route enroller_routes[];
extern const Route home_routes[];
extern const Route incoming_routes[];
extern const Route join_code_routes[];
extern const Route join_routes[];
extern const Route live_routes[];
extern const Route member_api_routes[];
extern const Route member_routes[];
extern const Route oddity_api_routes[];
extern const Route oddity_routes[];
extern const Route openapi_routes[];
extern const Route order_api_routes[];
extern const Route pay_online_routes[];
extern const Route pay_routes[];
extern const Route pay_together_routes[];
extern const Route payment_routes[];
extern const Route receipt_api_routes[];
extern const Route receipt_routes[];
extern const Route share_routes[];
extern const Route sign_in_routes[];
extern const Route statement_report_routes[];
extern const Route statement_routes[];
extern const Route status_routes[];
extern const Route theme_routes[];
extern const Route treasury_api_routes[];
extern const Route unit_api_routes[];
extern const Route webhook_routes[];

const Route *const route_tables[] = {
    account_routes,
    appeal_api_routes,
    appeal_routes,
    asset_routes,
    book_routes,
    card_act_routes,
    card_code_routes,
    card_name_routes,
    card_optional_routes,
    card_page_api_routes,
    card_phone_routes,
    card_photo_routes,
    card_renew_routes,
    card_routes,
    card_share_routes,
    card_wish_routes,
    cash_routes,
    check_api_routes,
    check_routes,
    claim_routes,
    correction_routes,
    denial_api_routes,
    denial_routes,
    desk_routes,
    enroller_routes,
    home_routes,
    incoming_routes,
    join_code_routes,
    join_routes,
    live_routes,
    member_api_routes,
    member_routes,
    oddity_api_routes,
    oddity_routes,
    openapi_routes,
    order_api_routes,
    pay_online_routes,
    pay_routes,
    pay_together_routes,
    payment_routes,
    receipt_api_routes,
    receipt_routes,
    share_routes,
    sign_in_routes,
    statement_report_routes,
    statement_routes,
    status_routes,
    theme_routes,
    treasury_api_routes,
    unit_api_routes,
    webhook_routes,
    NULL,
};
