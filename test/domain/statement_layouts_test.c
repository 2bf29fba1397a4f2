/* Layouts of statements and reports, each modelled on what the bank or provider is publicly known
 * to hand out, with invented people and numbers. They show that such headings, dates, amounts and
 * narrations are understood; not that these companies write exactly so today. */
#include "domain/statement_credits.h"

#include "bare_ctx.h"

#include "base/clock.h"

typedef struct Expected {
    const char *day;
    int64_t paise;
    const char *utr, *reference; /* NULL: none */
} Expected;

typedef struct Layout {
    const char *name;
    const char *bytes;
    const char *columns;
    Expected credits[4]; /* up to the first without day */
    int debits, failed, unread;
} Layout;

static const Layout layouts[] = {
    {"SBI",
     "Account Name     :\tMr. INVENTED SABHA\nAddress          :\t12 NO SUCH ROAD\n"
     "Account Number   :\t_00000012345678901\nStart Date       :\t1 Apr 2026\n"
     "End Date         :\t30 Apr 2026\nBalance as on 1 Apr 2026\t:\t1,000.00\n\n"
     "Txn Date\tValue Date\tDescription\tRef No./Cheque No.\tDebit\tCredit\tBalance\n"
     "2 Apr 2026\t2 Apr 2026\t   BY TRANSFER-UPI/CR/612345678901/ASHA DEV/SBIN/asha@oksbi/SNG7K2"
     "PAY--\tTRANSFER FROM 4897690162090\t \t11.00\t1,011.00\n"
     "3 Apr 2026\t3 Apr 2026\tTO TRANSFER-UPI/DR/612345678902/SHOP/HDFC/x--\tTRANSFER TO 48976\t"
     "500.00\t \t511.00\n"
     "3 Apr 2026\t3 Apr 2026\tBY TRANSFER-NEFT*HDFC0000123*HDFCN52026040312*RAVI--\t\t \t1,100.00\t"
     "1,611.00\n\n**This is a computer generated statement and does not require a signature\n",
     "date=1,narration=3,reference=4,debit=5,credit=6,balance=7",
     {{"2026-04-02", 1100, "612345678901", "SNG7K2PAY"},
      {"2026-04-03", 110000, "HDFCN52026040312", NULL}},
     1, 0, 0},
    {"HDFC",
     "HDFC BANK Ltd.,,,,,,\nStatement of accounts,,,,,,\n,,,,,,\n"
     "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
     "********,**********,**********,********,********,********,********\n"
     "02/04/26,UPI-ASHA DEVI-9876500000@YBL-SBIN0001234-612345678901-MEMBERSHIP,0000612345678901,"
     "02/04/26,,11.00,1011.00\n"
     "05/04/26,IMPS-612345678905-RAVI KUMAR-ICIC-XXXXXX1234-SNG99ABC,0000612345678905,05/04/26,,"
     "\"1,22,100.50\",\"1,23,111.50\"\n"
     "06/04/26,ATM WDL,0000000000001234,06/04/26,\"1,000.00\",,\"1,22,111.50\"\n,,,,,,\n"
     "STATEMENT SUMMARY  :-,,,,,,\nOpening Balance,Dr Count,Cr Count,Debits,Credits,Closing Bal,\n"
     "1000,1,2,1000.00,122111.50,122111.50,\n",
     "date=1,narration=2,reference=3,debit=5,credit=6,balance=7",
     {{"2026-04-02", 1100, "612345678901", NULL},
      {"2026-04-05", 12210050, "612345678905", "SNG99ABC"}},
     1, 0, 0},
    {"ICICI",
     "DETAILED STATEMENT,,,,,,,\n"
     "Transactions List -  - INVENTED SABHA (INR ) - 000001234567,,,,,,,\n"
     "S No.,Value Date,Transaction Date,Cheque Number,Transaction Remarks,Withdrawal Amount (INR ),"
     "Deposit Amount (INR ),Balance (INR )\n"
     "1,02/04/2026,02/04/2026,-,UPI/612345678901/fee/asha@oksbi/State Bank Of I/SBI1234,0.0,11.00,"
     "1011.00\n2,03/04/2026,03/04/2026,-,BIL/INFT/000123/rent,500.0,0.0,511.00\nLegends :,,,,,,,\n"
     ",UPI - Unified Payments Interface,,,,,,\n",
     "date=3,narration=5,reference=4,debit=6,credit=7,balance=8",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     1, 0, 0},
    {"Axis",
     "Name :- INVENTED SABHA\nStatement of Account No - 900000000000001 for the period (From : "
     "01-04-2026 To : 30-04-2026)\n\nTran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL\n"
     "02-04-2026,-,UPI/P2A/612345678901/ASHA DEVI/State Ban/fee SNG7K2, ,11.00,1011.00,123\n"
     "04-04-2026,-,UPI/P2M/612345678904/TEA STALL/Paytm, 40.00, ,971.00,123\n\n"
     "Unless the constituent notifies the bank immediately of any discrepancy, it is taken as "
     "correct\n",
     "date=1,narration=3,reference=2,debit=4,credit=5,balance=6",
     {{"2026-04-02", 1100, "612345678901", "SNG7K2"}},
     1, 0, 0},
    {"PNB",
     "Account Statement\nCustomer Name,INVENTED SABHA\n\n"
     "Transaction Date,Cheque Number,Withdrawal,Deposit,Balance,Narration\n"
     "02/04/2026,,,11.00,\"1,011.00 Cr.\",UPI/612345678901/CR/ASHA DEVI/SBIN\n"
     "02/04/2026,,20.00,,991.00 Cr.,SMS CHRG\n",
     "date=1,narration=6,reference=2,debit=3,credit=4,balance=5",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     1, 0, 0},
    {"BoB",
     "DATE|NARRATION|CHQ.NO.|WITHDRAWAL(DR)|DEPOSIT(CR)|BALANCE(INR)\n"
     "30-04-2026|UPI/612345678930/10:22:33/UPI/asha@oksbi/fee|||11.00|1,022.00Cr\n"
     "02-04-2026|UPI/612345678901/09:22:33/UPI/ravi@ybl/SNG99ABC|||11.00|1,011.00Cr\n",
     "date=1,narration=2,reference=3,debit=4,credit=5,balance=6",
     {{"2026-04-30", 1100, "612345678930", NULL}, {"2026-04-02", 1100, "612345678901", "SNG99ABC"}},
     0, 0, 0},
    {"Kotak",
     "INVENTED SABHA,,,,,,,\nCust.Reln.No. 12345,,,,,,,\n,,,,,,,\n"
     "Sl. No.,Date,Description,Chq / Ref number,Amount,Dr / Cr,Balance,Dr / Cr\n"
     "1,02-04-2026,UPI/ASHA DEVI/612345678901/fee,UPI-612345678901,11.00,CR,\"1,011.00\",CR\n"
     "2,02-04-2026,UPI/SHOP/612345678902/tea,UPI-612345678902,20.00,DR,991.00,CR\n"
     ",,Opening balance,as on 01/04/2026 INR 1000.00,,,,\n",
     "date=2,narration=3,reference=4,amount=5,flag=6,balance=7",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     1, 0, 0},
    {"Canara",
     "Current & Saving Account Statement\nAccount Number,=\"00001234567890\"\n\n"
     "Txn Date,Value Date,Cheque No.,Description,Branch Code,Debit,Credit,Balance,\n"
     "\"=\"\"02-04-2026 10:11:12\"\"\",\"=\"\"02 Apr 2026\"\"\",,\"UPI/CR/612345678901/ASHA DEV/"
     "SBIN/**sha@oksbi/fee//SBI0123/02/04/2026 10:11:12\",33,,\"11.00\",\"1,011.00\",\n",
     "date=1,narration=4,reference=3,debit=6,credit=7,balance=8",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     0, 0, 0},
    {"Hindi",
     "दिनांक;विवरण;संदर्भ;नामे;जमा;शेष\n"
     "०२/०४/२०२६;यूपीआई 612345678901 आशा देवी;;;११.००;१,०११.००\n"
     "2 अप्रैल 2026;बैंक शुल्क;;5.00;;1,006.00\n",
     "date=1,narration=2,reference=3,debit=4,credit=5,balance=6",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     1, 0, 0},
    {"Razorpay payments",
     "id,amount,currency,status,order_id,invoice_id,international,method,amount_refunded,captured,"
     "description,card_id,bank,vpa,email,contact,notes,fee,tax,error_description,created_at,rrn\n"
     "pay_A,11.00,INR,captured,order_A,,0,upi,0,1,#fee,,,asha@oksbi,,,"
     "\"{\"\"ref\"\":\"\"SNG7K2\"\"}\",0.26,0.04,,02/04/2026 10:11:12,612345678901\n"
     "pay_B,11.00,INR,failed,order_B,,0,upi,0,0,#fee,,,ravi@ybl,,,[],0,0,declined,"
     "02/04/2026 10:12:12,612345678902\n",
     "date=21,narration=11,reference=22,amount=2,payer=14,order=5,status=4",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     0, 1, 0},
    {"Razorpay settlement",
     "entity_id,type,debit,credit,amount,currency,fee,tax,on_hold,settled,created_at,settled_at,"
     "settlement_id,description,notes,payment_id,settlement_utr,order_id,order_receipt,method\n"
     "pay_A,payment,0,10.7,11,INR,0.3,0.05,0,1,02/04/2026 10:11:12,04/04/2026,setl_1,fee,{},,"
     "IN62604041234,order_A,SNG7K2,upi\n"
     "pay_B,payment,0,10.7,11,INR,0.3,0.05,0,1,03/04/2026 10:11:12,04/04/2026,setl_1,fee,{},,"
     "IN62604041234,order_B,SNG99ABC,upi\n"
     "rfnd_C,refund,11,0,11,INR,0,0,0,1,03/04/2026 11:11:12,04/04/2026,setl_1,fee,{},pay_C,"
     "IN62604041234,order_C,SNG5XYZ,upi\n",
     "date=11,narration=14,reference=1,amount=5,flag=2,order=19",
     {{"2026-04-02", 1100, NULL, "SNG7K2"}, {"2026-04-03", 1100, NULL, "SNG99ABC"}},
     1, 0, 0},
    {"PhonePe",
     "Merchant Id,Store Name,Transaction Type,Merchant Reference Id,PhonePe Reference Id,"
     "Transaction UTR,Total Transaction Amount,Transaction Date,Transaction Status,Fee,"
     "Settlement Date,Bank Reference No.\n"
     "M1,SABHA,PAYMENT,SNG7K2,T2604021011,612345678901,11.00,02-04-2026 10:11:12,COMPLETED,0,"
     "03-04-2026,YESB612345\nM1,SABHA,PAYMENT,SNG99ABC,T2604021012,612345678902,11.00,"
     "02-04-2026 10:12:12,FAILED,0,,\n",
     "date=8,reference=6,amount=7,flag=3,order=4,status=9",
     {{"2026-04-02", 1100, "612345678901", "SNG7K2"}},
     0, 1, 0},
    {"Paytm",
     "Transaction_ID,Order_ID,Transaction_Date,Updated_Date,Transaction_Type,Status,MID,"
     "Customer_ID,Amount,Commission,GST,UTR_No,Settled_Date,RRN,Customer_VPA\n"
     "'20260402111212800','SNG7K2','2026-04-02 10:11:12','2026-04-02 10:11:13','ACQUIRING',"
     "'TXN_SUCCESS','MID1','C1','11.00','0','0','YESB0001','2026-04-03','612345678901',"
     "'asha@paytm'\n"
     "'20260402111212801','SNG5XYZ','2026-04-02 10:11:12','2026-04-02 10:11:13','REFUND','SUCCESS',"
     "'MID1','C1','11.00','0','0','YESB0001','2026-04-03','612345678902','ravi@paytm'\n",
     "date=3,reference=14,amount=9,flag=5,payer=15,order=2,status=6",
     {{"2026-04-02", 1100, "612345678901", "SNG7K2"}},
     1, 0, 0},
    {"BharatPe",
     "Date,Time,Payer Name,Payer Handle,UTR,Amount,Order Id,Status\n"
     "\"Apr 02, 2026\",10:11 AM,ASHA DEVI,asha@oksbi,612345678901,₹11.00,BPE1,SUCCESS\n"
     "\"Apr 03, 2026\",10:11 AM,RAVI,ravi@ybl,612345678902,₹1,BPE2,PENDING\n"
     "\"Apr 03, 2026\",10:12 AM,RAVI,ravi@ybl,612345678903,₹11,BPE3,ON THE WAY\n",
     "date=1,reference=5,amount=6,payer=4,order=7,status=8",
     {{"2026-04-02", 1100, "612345678901", NULL}},
     0, 1, 1},
    {"no heading, credit before debit",
     "02/04/2026,UPI/CR/612345678901/ASHA DEVI/SBIN,11.00,,1011.00\n"
     "03/04/2026,UPI/DR/612345678902/TEA STALL/YESB,,20.00,991.00\n"
     "04/04/2026,UPI/CR/612345678903/RAVI KUMAR/SBIN,11.00,,1002.00\n",
     "date=1,narration=2,debit=4,credit=3,balance=5",
     {{"2026-04-02", 1100, "612345678901", NULL}, {"2026-04-04", 1100, "612345678903", NULL}},
     1, 0, 0},
    {"months first, signs beside amounts, a line astray",
     "Date,Details,Amount\n04/15/2026,UPI 612345678901,Rs. 11.00 Cr\n04/16/2026,tea,(20.00)\n"
     "99/99/2026,UPI 612345678903,11.00\n04/17/2026,fee,20 Dr\nTotal,,11.00\n",
     "date=1,narration=2,amount=3,dates=mdy",
     {{"2026-04-15", 1100, "612345678901", NULL}},
     2, 0, 1},
};

static StatementCredits credits_of(Ctx *ctx, Text bytes, StatementColumns *columns) {
    Statement statement;
    StatementCredits credits;
    const Text prefixes[] = {T("SNG")};
    assert_int_equal(statement_read(ctx, T("file"), bytes, &statement), OK);
    statement_columns_guess(&statement, columns);
    Status status = statement_credits_find(ctx, &statement, columns, prefixes, 1, &credits);
    if (status != OK) print_error("%s\n", ctx->errors[0].message);
    assert_int_equal(status, OK);
    return credits;
}

static void is_credit(const char *name, const StatementCredit *got, const Expected *expected) {
    char day[11];
    clock_iso_day(got->day, day);
    Text utr = expected->utr ? text_of(expected->utr) : T("");
    Text reference = expected->reference ? text_of(expected->reference) : T("");
    Text first = got->reference_count ? got->references[0] : T("");
    if (!text_eq(got->utr, utr) || !text_eq(first, reference) || got->paise != expected->paise)
        print_error("%s: utr %.*s reference %.*s paise %d\n", name, TEXT_ARG(got->utr),
                    TEXT_ARG(first), (int)got->paise);
    assert_string_equal(day, expected->day);
    assert_int_equal(got->paise, expected->paise);
    assert_true(text_eq(got->utr, utr));
    assert_true(text_eq(first, reference));
}

static void each_layout(void **state) {
    Ctx *ctx = *state;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const Layout *layout = &layouts[i];
        StatementColumns columns;
        int64_t count = 0, sum = 0;
        StatementCredits got = credits_of(ctx, text_of(layout->bytes), &columns);
        Text text = statement_columns_text(ctx->arena, &columns);
        if (!text_eq(text, text_of(layout->columns)))
            print_error("%s: %.*s\n", layout->name, TEXT_ARG(text));
        assert_true(text_eq(text, text_of(layout->columns)));
        for (; count < 4 && layout->credits[count].day; count++) {
            assert_true(count < got.count);
            is_credit(layout->name, &got.list[count], &layout->credits[count]);
            sum += layout->credits[count].paise;
        }
        if (got.debits != layout->debits || got.unread != layout->unread)
            print_error("%s: %d debits, %d unread\n", layout->name, (int)got.debits,
                        (int)got.unread);
        assert_int_equal(got.count, count);
        assert_int_equal(got.sum_paise, sum);
        assert_int_equal(got.debits, layout->debits);
        assert_int_equal(got.failed, layout->failed);
        assert_int_equal(got.unread, layout->unread);
    }
}

static void unread_lines_are_told(void **state) {
    StatementColumns columns;
    StatementCredits got = credits_of(*state, text_of(layouts[15].bytes), &columns);
    assert_int_equal(got.unread_lines[0], 4);
}

static void mapping_as_text(void **state) {
    Ctx *ctx = *state;
    StatementColumns columns = {.header = 7};
    Text typed = T(" date=1, credit = 6,dates=mdy,");
    assert_int_equal(statement_columns_parse(ctx, typed, &columns), OK);
    assert_int_equal(columns.at[STATEMENT_CREDIT], 5);
    assert_int_equal(columns.at[STATEMENT_DEBIT], -1);
    assert_int_equal(columns.header, 7);
    assert_true(text_eq(statement_columns_text(ctx->arena, &columns),
                        T("date=1,credit=6,dates=mdy")));
    static const char *const wrong[] = {"date",     "date=",  "date=0",
                                        "date=129", "tade=1", "dates=x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(statement_columns_parse(ctx, text_of(wrong[i]), &columns), INVALID);
    assert_string_equal(ctx->errors[0].message, "statement_columns_text");
    ctx_forget_errors(ctx);
    static const char *const refused[][2] = {{"credit=1", "statement_columns_date"},
                                             {"date=2,debit=3", "statement_columns_amount"},
                                             {"date=2,credit=2", "statement_columns_twice"}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(statement_columns_parse(ctx, text_of(refused[i][0]), &columns), OK);
        assert_int_equal(statement_columns_check(ctx, &columns), INVALID);
        assert_string_equal(ctx->errors[0].message, refused[i][1]);
        ctx_forget_errors(ctx);
    }
}

static Text signature(Ctx *ctx, Text bytes) {
    Statement statement;
    StatementColumns columns;
    assert_int_equal(statement_read(ctx, T("file"), bytes, &statement), OK);
    statement_columns_guess(&statement, &columns);
    return statement_columns_signature(ctx->arena, &statement, &columns);
}

static void signature_of_the_heading(void **state) {
    Text one = signature(*state, T("Txn Date,Narration,Credit\n02/04/2026,x,11.00\n"));
    Text same =
        signature(*state, T("April\n\nTXN DATE;\"Narration \";Credit.\n03/04/2026;y;1.00\n"));
    Text other = signature(*state, T("Txn Date,Credit,Narration\n02/04/2026,11.00,x\n"));
    assert_int_equal(one.len, 32);
    assert_true(text_eq(one, same));
    assert_false(text_eq(one, other));
}

/* Fingerprints of `part` that `whole` has too. */
static int shared(const StatementCredits *part, const StatementCredits *whole) {
    int count = 0;
    for (int64_t i = 0; i < part->count; i++)
        for (int64_t j = 0; j < whole->count; j++)
            count += memcmp(part->list[i].fingerprint, whole->list[j].fingerprint,
                            DIGEST_BYTES) == 0;
    return count;
}

#define LINE_1 "02/04/2026,UPI/CR/612345678901/ASHA/SBIN,,11.00,1011.00\n"
#define LINE_2 "02/04/2026,CASH DEPOSIT,,11.00,1022.00\n"
#define LINE_3 "03/04/2026,CASH DEPOSIT,,11.00,1033.00\n"
#define LINE_4 "03/04/2026,CASH DEPOSIT,,11.00,1044.00\n"
#define HEAD "Date,Narration,Debit,Credit,Balance\n"

static void overlapping_files(void **state) {
    Ctx *ctx = *state;
    StatementColumns columns;
    StatementCredits all = credits_of(ctx, T(HEAD LINE_1 LINE_2 LINE_3 LINE_4), &columns);
    StatementCredits later = credits_of(ctx, T(HEAD LINE_3 LINE_4), &columns);
    StatementCredits upward = credits_of(ctx, T(HEAD LINE_4 LINE_3 LINE_2 LINE_1), &columns);
    assert_int_equal(shared(&all, &all), 4);
    assert_int_equal(shared(&later, &all), 2);
    assert_int_equal(shared(&upward, &all), 4);
    /* Another layout of the account without balance: what has a number is the same. */
    StatementCredits bare = credits_of(
        ctx, T("Value Date;Amount;Details\n2026-04-02;11;UPI 612345678901\n"), &columns);
    assert_int_equal(shared(&bare, &all), 1);
    /* Without balance and number: as many of the same line as there are. */
    StatementCredits two = credits_of(
        ctx, T("Date,Details,Amount\n2/4/26,CASH,11\n2/4/26,CASH,11\n3/4/26,CASH,11\n"), &columns);
    StatementCredits three = credits_of(
        ctx, T("Date,Details,Amount\n2/4/26,CASH,11\n2/4/26,CASH,11\n2/4/26,CASH,11\n"), &columns);
    assert_int_equal(shared(&two, &two), 3);
    assert_int_equal(shared(&two, &three), 2);
}

static void narrations_go_on(void **state) {
    StatementColumns columns;
    StatementCredits got = credits_of(
        *state, T("Date,Narration,Debit,Credit,Balance\n02/04/2026,UPI/CR/6123456,,11.00,1011.00\n"
                  ",\"fee SNG7K2 RRN 612345678901\",,,\n,,,,\n,after a blank line SNG99,,,\n"),
        &columns);
    assert_int_equal(got.count, 1);
    assert_int_equal(got.list[0].reference_count, 1);
    assert_true(text_eq(got.list[0].utr, T("612345678901")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_layout, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(unread_lines_are_told, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(mapping_as_text, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(signature_of_the_heading, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(overlapping_files, bare_ctx_make, bare_ctx_remove),
        cmocka_unit_test_setup_teardown(narrations_go_on, bare_ctx_make, bare_ctx_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
