/** Requires every published module, as an application would. */
module consumer {
    requires asterisk.java;
    requires io.github.pbxsdk.ami;
    requires io.github.pbxsdk.ari;
    requires io.github.pbxsdk.asteriskjava;
    requires io.github.pbxsdk.core;
    requires io.github.pbxsdk.freepbx;
    requires io.github.pbxsdk.pbx;
    requires io.github.pbxsdk.recordings;
    requires io.github.pbxsdk.sip;
    requires io.github.pbxsdk.sms;
    requires io.github.pbxsdk.testing;
}
