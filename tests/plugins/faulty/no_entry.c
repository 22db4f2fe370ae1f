/* A shared object, but no plugin. */
int mcph_plugin_v0(void);
int mcph_plugin_v0(void) { return 0; }
