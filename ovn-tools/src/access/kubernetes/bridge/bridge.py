import os,socket,sys,threading,time
s=socket.socket(socket.AF_UNIX)
try:s.connect(sys.argv[1])
except OSError as e:
 os.write(2,b"bridge-errno=%d\n"%(e.errno or 0))
 sys.exit(3)
os.write(2,b"bridge-ready\n")
def up():
 try:
  while 1:
   b=os.read(0,65536)
   if not b:break
   s.sendall(b)
  s.shutdown(socket.SHUT_WR)
  time.sleep(2)
 finally:os._exit(0)
threading.Thread(target=up,daemon=True).start()
try:
 while 1:
  b=s.recv(65536)
  if not b:break
  while b:b=b[os.write(1,b):]
finally:os._exit(0)
