/** FreePBX itself: its configuration, its call records, its health. */
module io.github.pbxsdk.freepbx {
    requires com.squareup.moshi;
    requires transitive io.github.pbxsdk.core;
    requires transitive java.sql;
    requires kotlin.stdlib;
    requires okio;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.freepbx;
}
