/** Talks to Asterisk over the manager interface. */
module io.github.pbxsdk.ami {
    requires com.squareup.moshi;
    requires transitive io.github.pbxsdk.core;
    requires okio;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.ami;
    exports io.github.pbxsdk.ami.action;
    exports io.github.pbxsdk.ami.event;
    exports io.github.pbxsdk.ami.state;
    exports io.github.pbxsdk.ami.internal to
            io.github.pbxsdk.asteriskjava;
}
