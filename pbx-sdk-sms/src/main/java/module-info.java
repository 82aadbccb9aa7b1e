/** Texts over carriers and PBX: never lost, never doubled. */
module io.github.pbxsdk.sms {
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires com.squareup.moshi;
    requires transitive io.github.pbxsdk.core;
    requires kotlin.stdlib;
    requires okio;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.sms;
    exports io.github.pbxsdk.sms.conversation;
    exports io.github.pbxsdk.sms.event;
    exports io.github.pbxsdk.sms.provider;
    exports io.github.pbxsdk.sms.template;
    exports io.github.pbxsdk.sms.webhook;
}
