/** Talks to Asterisk over its REST interface. */
module io.github.pbxsdk.ari {
    requires com.squareup.moshi;
    requires transitive io.github.pbxsdk.core;
    requires kotlin.stdlib;
    requires okio;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.ari;
    exports io.github.pbxsdk.ari.event;
    exports io.github.pbxsdk.ari.model;
    exports io.github.pbxsdk.ari.request;
}
