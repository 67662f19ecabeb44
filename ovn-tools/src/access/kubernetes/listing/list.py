import os,sys
for n,d in enumerate(sys.argv[1:]):
 try:
  for e in os.scandir(d):
   if e.name.endswith(".ctl"):
    try:os.write(1,b"%d %d %s\n"%(n,e.stat().st_mtime_ns//1000000,os.fsencode(e.name)))
    except OSError:pass
 except OSError:pass
os.write(1,b"listing-ends\n")
