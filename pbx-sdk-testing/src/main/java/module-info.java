/** For tests of applications that use pbx-sdk: faults on the network, contracts and fakes. */
module io.github.pbxsdk.testing {
    requires transitive io.github.pbxsdk.core;
    requires java.net.http;
    requires jdk.httpserver;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.github.pbxsdk.testing;
    exports io.github.pbxsdk.testing.ami;
    exports io.github.pbxsdk.testing.ari;
    exports io.github.pbxsdk.testing.contract;
    exports io.github.pbxsdk.testing.freepbx;
    exports io.github.pbxsdk.testing.sip;
    exports io.github.pbxsdk.testing.sms;
}
