import os,subprocess,sys,threading
limit,most,argv=float(sys.argv[1]),int(sys.argv[2]),sys.argv[3:]
n=0
once=threading.Lock()
def end(how,p=None):
 once.acquire()
 if p:p.kill()
 os.write(1,b"\0run-end %s %d\n"%(how.encode(),n))
 os._exit(0)
env={"LC_ALL":"C","PATH":os.environ.get("PATH","")+":/usr/sbin:/usr/bin:/sbin:/bin"}
try:p=subprocess.Popen(argv,stdin=subprocess.DEVNULL,stdout=subprocess.PIPE,env=env)
except OSError as e:end("errno=%d"%(e.errno or 0))
over=[]
def late():
 over.append(1)
 p.send_signal(2)
 t=threading.Timer(2,lambda:end("late",p))
 t.daemon=True
 t.start()
def watch():
 try:
  while os.read(0,65536):pass
 finally:
  p.kill()
  os._exit(0)
t=threading.Timer(limit,late)
t.daemon=True
t.start()
threading.Thread(target=watch,daemon=True).start()
try:
 while 1:
  b=os.read(p.stdout.fileno(),65536)
  if not b:break
  if n+len(b)>most:end("long",p)
  with once:
   n+=len(b)
   while b:b=b[os.write(1,b):]
 s=p.wait()
 end("late" if over else "exit=%d"%s if s>=0 else "signal=%d"%-s)
finally:
 p.kill()
 os._exit(0)
