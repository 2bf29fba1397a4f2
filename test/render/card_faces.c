/* See the header. The signed code is of the usual length: what it says does not matter here. */
#include "card_faces.h"

#define SIGNED_CODE                                                                                \
    "6BF%RN-ZTP6MQ$9.ESY4H/8JN1C:X7+KD0ALW*52GVU3OI E" "NCFOXN%TSMAHN-H3YS1IK47ES6IXJR4E47X5"      \
    "*T917VF+UOGIS1RYZV:X9:IMJZTCV4*XUA2PSGH.+H$NI4L6HUC%UG/YL WO*Z7ON13:LHNG7H8H%BFP8FG4T 9OKGU" \
    "$NIUZUK*RIMI4UUIMI.J9WVHWVH+ZEOV1AT1HRI2UHD4TR/S09T./08H0AT1EYHEQMIE9WT0K3M9UVZSVV*001HW%8UE" \
    "9.955B9-NT0 2$$0X4PCY0+-CVYCRMTB*05*9O%0HJP7NVDEBO584DKH78$ZJ*DJWP42W5P0QMO6C8PL353X7H1RU0P4" \
    "8PCA7T5MCH5:ZJ::AKU2UM97H98$QP3R8BH9LV3*O-+DV8QJHHY4I4GWU-LU7T9.V+ T%UNUWUG+M.1KG%VWE94%ALU4"

static CardFace english(void) {
    return (CardFace){
        .organisation = T("Gram Kalyan Congress"),
        .organisation_alt = T("ग्राम कल्याण कांग्रेस"),
        .accent = 0x34357a,
        .name = T("Sunita Shrivastava"),
        .name_alt = T("सुनीता श्रीवास्तव"),
        .number = T("GKC-204-7719-0358"),
        .unit = T("Sitapur, Uttar Pradesh"),
        .kind = T("Ordinary member"),
        .since = T("21 November 2026"),
        .valid_until = T("For life"),
        .check_url = T("HTTPS://GRAMKALYAN.EXAMPLE.ORG/V/GKC20477190358-7K3M9QWX"),
        .check_host = T("gramkalyan.example.org"),
        .signed_code = T(SIGNED_CODE),
        .registration = T("Registration no. 204/2026, Lucknow"),
        .address = T("12 Vidhan Sabha Marg, Lucknow, Uttar Pradesh 226001"),
        .helpline = T("Helpline: 1800 000 0000"),
        .label_member_since = T("Member since"),
        .label_valid = T("Valid"),
        .label_number = T("Membership number"),
        .label_unit = T("Unit"),
        .back_check = T("Check this card only at gramkalyan.example.org"),
        .back_found = T("Found this card? Please post it to the address below or call "
                        "the helpline."),
        .back_not_id = T("Not a government identity card"),
        .front_scan = T("Scan to check"),
    };
}

static CardFace hindi(void) {
    CardFace face = english();
    face.organisation = T("ग्राम कल्याण कांग्रेस");
    face.organisation_alt = T("Gram Kalyan Congress");
    face.name = T("ज्ञानेश्वर द्विवेदी");
    face.name_alt = T("Gyaneshwar Dwivedi");
    face.unit = T("सीतापुर, उत्तर प्रदेश");
    face.kind = T("साधारण सदस्य");
    face.since = T("21 नवंबर 2026");
    face.valid_until = T("आजीवन");
    face.posts[0] = T("ब्लॉक अध्यक्ष");
    face.posts[1] = T("कोषाध्यक्ष");
    face.post_count = 2;
    face.registration = T("पंजीकरण संख्या 204/2026, लखनऊ");
    face.address = T("12 विधान सभा मार्ग, लखनऊ, उत्तर प्रदेश 226001");
    face.helpline = T("हेल्पलाइन: 1800 000 0000");
    face.label_member_since = T("सदस्य कब से");
    face.label_valid = T("मान्य");
    face.label_number = T("सदस्यता संख्या");
    face.label_unit = T("इकाई");
    face.back_check = T("यह कार्ड सिर्फ़ gramkalyan.example.org पर जाँचें");
    face.back_found = T("यह कार्ड मिला है? "
                        "कृपया इसे नीचे के पते पर भेज दें या हेल्पलाइन पर फ़ोन करें।");
    face.back_not_id = T("यह सरकारी पहचान पत्र नहीं है");
    face.front_scan = T("जाँचने के लिए स्कैन करें");
    return face;
}

static CardFace long_names(void) {
    CardFace face = english();
    face.organisation = T("Akhil Bharatiya Gramin Mahila Swayam Sahayata Kalyan Mahasangh (Regd.)");
    face.organisation_alt = T("अखिल भारतीय ग्रामीण महिला स्वयं सहायता कल्याण महासंघ");
    face.accent = 0xf0a202;
    face.name = T("Venkata Satyanarayana Lakshmi Narasimha Subrahmanya Shastri Ganapathi Iyer");
    face.name_alt = T("वेंकट सत्यनारायण लक्ष्मी नरसिंह सुब्रह्मण्य शास्त्री गणपति अय्यर");
    face.unit = T("Sri Potti Sriramulu Nellore assembly constituency, Andhra Pradesh");
    face.kind = T("Founding and honorary life member of the first class");
    face.since = T("21 September 2026");
    face.valid_until = T("until 20 September 2029");
    face.posts[0] = T("District joint secretary (organisation and membership)");
    face.posts[1] = T("Convener of the farmers' front");
    face.posts[2] = T("Member of the state executive");
    face.post_count = 3;
    face.address = T("Plot 1204, Third Floor, Ambedkar Bhavan Annexe, Netaji Subhash Chandra "
                     "Bose Road, near the old collectorate, Sri Potti Sriramulu Nellore, "
                     "Andhra Pradesh 524001");
    return face;
}

static CardFace crowded(void) {
    enum { SIDE = 16 };
    static uint8_t grey[3 * SIDE * SIDE];
    memset(grey, 0x80, sizeof grey);
    CardFace face = hindi();
    face.name = T("Venkata Satyanarayana Lakshmi Narasimha Subrahmanya Shastri");
    face.name_alt = T("वेंकट लक्ष्मी नरसिंह शास्त्री");
    face.relative = T("माता, पिता या जीवनसाथी: सत्यनारायण शास्त्री");
    face.born = T("जन्म: 15 सितंबर 1987");
    face.slogan = T("हर गाँव में किताब, हर हाथ में कलम");
    face.in_need = T("ख़ून का ग्रुप: AB+ · ज़रूरत में फ़ोन कीजिए: +919876543210");
    face.photo = (CardPhoto){SIDE, grey, TEXT_NONE};
    return face;
}

CardFace card_faces_get(FaceKind kind) {
    CardFace face = kind == FACE_HINDI || kind == FACE_PROVISIONAL ? hindi() : english();
    switch (kind) {
    case FACE_PROVISIONAL:
        face.accent = 0x1f7a4d;
        face.name = T("लक्ष्मी देवी श्रीवास्तव");
        face.name_alt = T("Lakshmi Devi Shrivastava");
        face.posts[0] = face.posts[1] = TEXT_NONE;
        face.post_count = 0;
        face.provisional = T("फ़ीस की पुष्टि बाकी");
        break;
    case FACE_LONG: face = long_names(); break;
    case FACE_ONE_WORD:
        face.accent = 0xff9933;
        face.name = T("Lakshmi");
        face.name_alt = TEXT_NONE;
        face.posts[0] = T("Booth president");
        face.post_count = 1;
        break;
    case FACE_EMOJI:
        face.accent = 0x0078c8;
        face.name = T("Ravi 🌻 Kumar 👩🏽‍🌾");
        face.name_alt = T("🙂");
        break;
    case FACE_RIGHT_TO_LEFT:
        face.accent = 0x9b1c31;
        face.name = T("محمد عبدالرحمن");
        face.name_alt = T("मोहम्मद अब्दुर्रहमान");
        break;
    case FACE_ENDLESS_WORD:
        face.name = T("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
                      "llanfairpwllgwyngyllgo");
        face.name_alt = T("श्रीश्रीश्रीश्रीश्रीश्रीश्रीश्रीश्रीश्री"
                          "श्रीश्रीश्रीश्रीश्रीश्रीश्रीश्रीश्री");
        face.number = T("GKCXX-204-7719-0358");
        break;
    case FACE_CROWDED: face = crowded(); break;
    case FACE_EMPTY: face = (CardFace){.number = T("GKC-204-7719-0358")}; break;
    default: break;
    }
    return face;
}

CardPainter *card_faces_painter;

int card_faces_begin(void **state) {
    card_faces_painter = card_painter_new();
    return bare_ctx_make(state);
}

int card_faces_end(void **state) {
    card_painter_delete(card_faces_painter);
    return bare_ctx_remove(state);
}
